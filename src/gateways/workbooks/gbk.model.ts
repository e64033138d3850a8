/** GBK as desks' computers write it. Node reads it and does not write it: the table is turned round. */
const twoBytes = new Map<string, number>();

function fill(): void {
  const decoder = new TextDecoder('gbk');
  const pair = new Uint8Array(2);
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      pair[0] = lead;
      pair[1] = trail;
      const sign = decoder.decode(pair);
      if (sign.length === 1 && sign !== '\ufffd' && !twoBytes.has(sign)) twoBytes.set(sign, lead * 256 + trail);
    }
}

/** What GBK has no sign for becomes a question mark. */
export function encodeGbk(text: string): Buffer {
  if (twoBytes.size === 0) fill();
  const bytes: number[] = [];
  for (const sign of text) {
    const code = sign.charCodeAt(0);
    const two = twoBytes.get(sign);
    if (code < 0x80) bytes.push(code);
    else if (two === undefined) bytes.push(0x3f);
    else bytes.push(two >> 8, two & 0xff);
  }
  return Buffer.from(bytes);
}
