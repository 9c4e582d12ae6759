import { answer, type questions } from '#contract/frameworks/questions.ts';
import type { RouteOutput } from '#contract/route.ts';
import { refreshAfter, useAct } from '#web/shared/call/queries.ts';
import { FactDialog, type GivenFact } from '#web/shared/framework/FactDialog.tsx';

type Reply = RouteOutput<typeof questions>;
type Question = Reply['rows'][number];

interface AnswerDialogProps {
  question: Question;
  subject: Reply['subject'];
  year: number;
  onClose: () => void;
}

/** One fact of one subject and year, with its document and day. */
export function AnswerDialog({ question, subject, year, onClose }: AnswerDialogProps) {
  const { name, periodName, answer: before, askedBy } = question;
  const answering = useAct(answer, { done: before === null ? '已填报' : '已更正', onDone: onClose });
  const send = async (given: GivenFact) => {
    const done = await answering.act({
      body: { ...given, fact: name, year, subject: { type: subject.type, id: subject.id } },
    });
    // Somebody else may have answered meanwhile: what stands there now is read.
    if (done === undefined) void refreshAfter(answer);
  };
  return (
    <FactDialog
      fact={question}
      caption={`${subject.name} · ${periodName} · ${askedBy.length} 个指标体系要用`}
      busy={answering.busy}
      onSend={(given) => void send(given)}
      onClose={onClose}
    />
  );
}
