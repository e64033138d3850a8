import { Button, Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Words } from '../../../kernel/words.ts';
import type { CallbackLine } from './callbacks.tsx';
import { useCommand } from './command_form.tsx';
import { FaultBox } from './fault.tsx';
import { useFrame } from './frame.tsx';

/** One call: what to say, the number when it is asked for, and what they answered. */
export function Callback({ line, onDone }: { line: CallbackLine; onDone: (what: string) => void }) {
  const { t, say, when } = useFrame();
  const { id, title, number, place, closedAt, bodyName } = line;
  return (
    <>
      <h1>{say(title)}</h1>
      <p className="soft">
        {place} · <span className="code">{number}</span>
        {closedAt && t(` · ${when(closedAt)} 结案`, ` · closed ${when(closedAt)}`)}
        {bodyName && ` · ${bodyName}`}
      </p>
      <p>
        <Link href={`/cases/${id}`}>{t('打开案卷', 'Open the case')}</Link>
      </p>
      <Script line={line} />
      <Phone line={line} />
      <Answered line={line} onDone={onDone} />
    </>
  );
}

function Script({ line }: { line: CallbackLine }) {
  const { t, say, county, me, when } = useFrame();
  const { title, reportedAt, bodyName, outcome, publicText } = line;
  const ending = /[。！？.!?]$/;
  const result = [outcome && say(outcome), publicText].filter(Boolean).join(t('：', ': '));
  return (
    <section className="script" aria-label={t('电话里怎么说', 'What to say on the telephone')}>
      <p>
        {t(
          `“您好，我是${county}受理岗的${me.name}。您 ${when(reportedAt)} 反映的‘${say(title)}’，${bodyName ?? '承办单位'}办的结果是：${result}${ending.test(result) ? '' : '。'}”`,
          `“Hello, this is ${me.name} from the desk of ${county}. On ${when(reportedAt)} you told us of ‘${say(title)}’. What ${bodyName ?? 'the body in charge'} did: ${result}${ending.test(result) ? '' : '.'}”`,
        )}
      </p>
      <p>{t('“请问现在是不是真的解决了？您满意吗？”', '“Is it really solved now? Are you satisfied?”')}</p>
    </section>
  );
}

/** Reading a number is an act with a reason, recorded; so it is asked for and not simply there. */
function Phone({ line: { id, hasPhone } }: { line: CallbackLine }) {
  const { t } = useFrame();
  const [phones, setPhones] = useState<readonly string[] | null>(null);
  const look = useCommand(id, 'read_contact', ({ contacts = [] }) =>
    setPhones(contacts.flatMap(({ phone }) => phone ?? [])),
  );
  if (!hasPhone)
    return (
      <p className="soft">
        {t(
          '报事人没有留电话。可以在下面给他留句话，凭查询码看得到。',
          'They left no number. Leave a message below; they read it by their tracking code.',
        )}
      </p>
    );
  if (phones)
    return (
      <p className="phones" role="status">
        {phones.map((phone) => (
          <a key={phone} href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
            {phone}
          </a>
        ))}{' '}
        <span className="soft small">{t('这次查看已记录。', 'This reading is recorded.')}</span>
      </p>
    );
  return (
    <>
      <Button loading={look.isPending} onClick={() => look.mutate({ reason: t('回访', 'calling back') })}>
        {t('查看电话（会留痕）', 'Show the number (recorded)')}
      </Button>
      <FaultBox error={look.error} />
    </>
  );
}

const choices = {
  satisfied: { zh: '解决了，满意', en: 'Solved, satisfied' },
  mostly_satisfied: { zh: '解决了，基本满意', en: 'Solved, mostly satisfied' },
  unsatisfied: { zh: '办了，不满意', en: 'Dealt with, not satisfied' },
  object: { zh: '没有解决', en: 'Not solved' },
  say: { zh: '没有打通', en: 'No answer' },
} as const satisfies Record<string, Words>;
type Choice = keyof typeof choices;

const afterwards: Readonly<Record<Choice, Words>> = {
  satisfied: { zh: '记下后，这件案卷办结。', en: 'With this the case is over.' },
  mostly_satisfied: { zh: '记下后，这件案卷办结。', en: 'With this the case is over.' },
  unsatisfied: { zh: '记下后，这件案卷办结，计入评价。', en: 'With this the case is over, and it is counted.' },
  object: { zh: '记下后，回到派遣员重新办理。', en: 'It goes back to the dispatcher for another round.' },
  say: {
    zh: '会给报事人留下这句话；这件留在单子上，到期算“未回应”，不算满意。',
    en: 'They are left this message; it stays on the list, and when its time is over it counts as no answer.',
  },
};

interface Said {
  readonly choice: Choice;
  readonly words?: string;
}

function Answered({ line, onDone }: { line: CallbackLine; onDone: (what: string) => void }) {
  const { t, say } = useFrame();
  const [form] = Form.useForm<Said>();
  const choice = Form.useWatch('choice', form);
  const done = (): void => onDone(choice ? say(choices[choice]) : '');
  const commands = {
    answer: useCommand(line.id, 'answer', done),
    object: useCommand(line.id, 'object', done),
    say: useCommand(line.id, 'say', done),
  };
  const all = Object.values(commands);
  const give = ({ choice: given, words }: Said): void => {
    if (given === 'object' || given === 'say') commands[given].mutate({ words });
    else commands.answer.mutate({ answer: given, words });
  };
  const missed = t(
    '我们给您打过电话，没有接通。问题是不是解决了，请凭查询码告诉我们。',
    'We called you and could not reach you. Please tell us by your tracking code whether it is solved.',
  );
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      className="said"
      onFinish={give}
      onValuesChange={(changed: Partial<Said>) => {
        const now = form.getFieldValue('words') as string | undefined;
        if (changed.choice === 'say' && !now) form.setFieldValue('words', missed);
        else if (changed.choice && now === missed) form.setFieldValue('words', '');
      }}
    >
      <Form.Item
        name="choice"
        label={t('对方怎么说', 'What they say')}
        rules={[{ required: true, message: t('选一项', 'choose one') }]}
      >
        <Radio.Group
          optionType="button"
          buttonStyle="solid"
          options={Object.entries(choices).map(([value, words]) => ({ value, label: say(words) }))}
        />
      </Form.Item>
      <Form.Item
        name="words"
        label={choice === 'say' ? t('给报事人留的话', 'Message for them') : t('说了什么', 'In their words')}
        rules={
          choice === 'object' || choice === 'say'
            ? [{ required: true, whitespace: true, message: t('没有填写', 'is missing') }]
            : []
        }
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      {all.map(({ error }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: three commands in a fixed order
        <FaultBox key={i} error={error} />
      ))}
      {choice && <p className="soft">{say(afterwards[choice])}</p>}
      <Button type="primary" htmlType="submit" loading={all.some(({ isPending }) => isPending)}>
        {choice === 'say' ? t('留话', 'Leave the message') : t('记下', 'Write down')}
      </Button>
    </Form>
  );
}
