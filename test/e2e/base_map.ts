import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';

/** Base maps as deployments have them: a file of tiles, and another server's tiles. Both are one colour everywhere. */
const TILE_SIDE = 256;
const picture = (colour: string): Promise<Buffer> =>
  sharp({ create: { width: TILE_SIDE, height: TILE_SIDE, channels: 3, background: colour } })
    .png()
    .toBuffer();

const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)]);

/** A file of one tile, the whole world, by version 3 of the format. */
export async function pmtilesFile(colour: string): Promise<Buffer> {
  const tile = await picture(colour);
  // One entry: tile 0, once, so long, at the beginning.
  const directory = Buffer.from([...varint(1), ...varint(0), ...varint(1), ...varint(tile.length), ...varint(1)]);
  const metadata = Buffer.from('{}');
  const header = Buffer.alloc(127);
  header.write('PMTiles', 0, 'ascii');
  header.writeUInt8(3, 7);
  const afterDirectory = header.length + directory.length;
  const afterMetadata = afterDirectory + metadata.length;
  const places = [
    header.length,
    directory.length,
    afterDirectory,
    metadata.length,
    0,
    0,
    afterMetadata,
    tile.length,
    1,
    1,
    1,
  ];
  for (const [i, place] of places.entries()) header.writeBigUInt64LE(BigInt(place), 8 + i * 8);
  const [clustered, plain, png] = [1, 1, 2];
  for (const [i, value] of [clustered, plain, plain, png, 0, 0].entries()) header.writeUInt8(value, 96 + i);
  const world = [-180, -85, 180, 85].map((degrees) => degrees * 1e7);
  for (const [i, value] of world.entries()) header.writeInt32LE(value, 102 + i * 4);
  return Buffer.concat([header, directory, metadata, tile]);
}

export interface TileServer {
  readonly origin: string;
  /** What was asked for. */
  readonly asked: string[];
  close(): void;
}

export async function openTileServer(colour: string): Promise<TileServer> {
  const [tile, asked] = [await picture(colour), [] as string[]];
  const server = createServer((request, reply) => {
    asked.push(request.url ?? '');
    reply.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' }).end(tile);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://localhost:${port}`, asked, close: () => void server.close() };
}
