import { useState } from 'react';
import { schoolConsequences } from '#contract/directory/changes.ts';
import { ProblemError } from '#web/shared/call/problem.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { CheckField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { useDialogClosing } from '#web/shared/kit/dialog/Dialog.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { consequenceSentences, type Planned } from './consequence.words.ts';

interface ConsequencesProps extends Planned {
  schoolId: number;
  /** What has to be confirmed one by one before the act. */
  questions: readonly string[];
  /** The verb of the act. */
  verb: string;
  act: () => Promise<void>;
  /** Back to the form, which keeps what was typed. */
  back: () => void;
}

/** The second page of an act on schools: what it changes. Only here it is carried out. */
export function Consequences({ schoolId, ending, merging, keptCode, questions, verb, act, back }: ConsequencesProps) {
  const read = useRead(schoolConsequences, { params: { schoolId }, query: { ending: [...ending] } });
  const close = useDialogClosing();
  const [confirmed, setConfirmed] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const open = questions.filter((question) => !confirmed.includes(question));

  async function carryOut() {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setRefusal(error.message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Loaded of={read} shape="text">
      {({ schools }) => (
        <Stack>
          <p>
            <strong>办理后：</strong>
          </p>
          <ul>
            {consequenceSentences(schools, { ending, merging, keptCode }).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          {questions.map((question) => (
            <CheckField
              key={question}
              label={question}
              value={confirmed.includes(question)}
              onChange={(on) =>
                setConfirmed(on ? [...confirmed, question] : confirmed.filter((one) => one !== question))
              }
            />
          ))}
          {refusal !== null && (
            <Band tone="fails" alert>
              {refusal}
            </Band>
          )}
          <Row>
            <Button kind="primary" busy={busy} disabled={open.length > 0} onClick={() => void carryOut()}>
              {verb}
            </Button>
            <Button onClick={back}>返回修改</Button>
            {close && <Button onClick={close}>取消</Button>}
          </Row>
        </Stack>
      )}
    </Loaded>
  );
}
