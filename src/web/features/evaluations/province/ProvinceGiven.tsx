import { useState } from 'react';
import { enterProvince } from '#contract/evaluations/evaluations.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import type { ProblemError } from '#web/shared/call/problem.ts';
import { refreshAfter, useAct } from '#web/shared/call/queries.ts';
import { Attachments } from '#web/shared/files/Attachments.tsx';
import { DateField } from '#web/shared/form/DateField.tsx';
import { TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { differenceText, figureText, numberOf } from '#web/shared/framework/indicator.words.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import type { Evaluation } from '../evaluation-reply.ts';
import { entryText, type ProvinceEntry, standingEntry } from './province.words.ts';

interface ProvinceGivenProps {
  evaluation: Pick<Evaluation, 'id' | 'subjectName'>;
  /** Null: the whole. */
  code: string | null;
  entries: readonly ProvinceEntry[];
  /** What the city gave there. */
  city: string | null;
  mayEnter: boolean;
}

/** What the province gave, with its document, how far it is from the city's and why, and what stood before. */
export function ProvinceGiven({ evaluation, code, entries, city, mayEnter }: ProvinceGivenProps) {
  const [open, setOpen] = useState(false);
  const entry = standingEntry(entries);
  const before = entries.filter((one) => one !== entry);
  const difference = differenceText(city, entry?.points ?? null);
  return (
    <>
      {entry !== undefined && (
        <>
          <p>
            {entryText(entry)}
            <span className="caption">
              {'　'}
              {[entry.document, entry.on, entry.enteredBy && `${entry.enteredBy}录入`].filter(Boolean).join(' · ')}
            </span>
          </p>
          {difference !== undefined && (
            <p className="soft">
              与市级相差 {difference}：{entry.reason === '' ? '没有写明原因' : entry.reason}
            </p>
          )}
          <Attachments subjectType="province-score" subjectId={entry.id} title="省里的文件" inLine />
        </>
      )}
      {before.length > 0 && (
        <ul className="caption">
          {before.map((one) => (
            <li key={one.id}>
              {`${formatDateTime(one.enteredAt)} ${one.enteredBy}：${entryText(one)}（${one.document}，${one.on}）`}
            </li>
          ))}
        </ul>
      )}
      {mayEnter && (
        <Button small kind={entry === undefined ? 'plain' : 'quiet'} onClick={() => setOpen(true)}>
          {entry === undefined ? '录入省级得分' : '更正省级得分'}
        </Button>
      )}
      {open && (
        <EnterProvince evaluation={evaluation} code={code} entry={entry} city={city} onClose={() => setOpen(false)} />
      )}
    </>
  );
}

const isUnfit = ({ code }: ProblemError) => code === 'evaluation.provinceUnfit';

interface EnterProvinceProps extends Pick<ProvinceGivenProps, 'evaluation' | 'code' | 'city'> {
  entry: ProvinceEntry | undefined;
  onClose: () => void;
}

function EnterProvince({ evaluation, code, entry, city, onClose }: EnterProvinceProps) {
  const { today } = useDeskContext();
  const [points, setPoints] = useState<number | null>(entry?.points == null ? null : numberOf(entry.points));
  const [words, setWords] = useState(entry?.words ?? '');
  const [document, setDocument] = useState(entry?.document ?? '');
  const [day, setDay] = useState(entry?.on ?? '');
  const [reason, setReason] = useState(entry?.reason ?? '');
  // A figure that does not fit is refused where it stands.
  const entering = useAct(enterProvince, { done: '已录入省级得分', inline: isUnfit });
  const unfit = entering.problem && isUnfit(entering.problem) ? entering.problem.message : undefined;
  const [tried, setTried] = useState<{ withdraws: boolean }>();
  const faultsOf = ({ withdraws }: { withdraws: boolean }) => ({
    given: !withdraws && points === null && words.trim() === '' ? '请填写得分，或等级、结论' : undefined,
    document: document.trim().length < 2 ? '请写明省里的文件' : undefined,
    day: day === '' ? '请选择文件的日期' : day > today ? '日期不能晚于今天' : undefined,
  });
  const faults: Partial<ReturnType<typeof faultsOf>> = tried === undefined ? {} : faultsOf(tried);
  const send = async (withdraws: boolean) => {
    setTried({ withdraws });
    if (Object.values(faultsOf({ withdraws })).some((fault) => fault !== undefined)) return;
    const done = await entering.act({
      params: { evaluationId: evaluation.id },
      body: {
        ...{ code, document: document.trim(), on: day, reason: reason.trim(), replaces: entry?.id ?? null, withdraws },
        ...(withdraws ? { points: null, words: null } : { points, words: words.trim() || null }),
      },
    });
    if (done !== undefined) onClose();
    // Somebody else may have entered it meanwhile: what stands there now is read.
    else void refreshAfter(enterProvince);
  };
  return (
    <Dialog
      open
      firm
      title={`${entry === undefined ? '录入' : '更正'}省级得分：${code === null ? '总分' : `指标 ${code}`}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>取消</Button>
          {entry !== undefined && (
            <Button kind="danger" busy={entering.busy} onClick={() => void send(true)}>
              撤下
            </Button>
          )}
          <Button kind="primary" busy={entering.busy} onClick={() => void send(false)}>
            {entry === undefined ? '录入' : '更正'}
          </Button>
        </>
      }
    >
      <Stack>
        <p className="caption">{evaluation.subjectName}；按省里的文件照录，不计入市级得分。文件扫描件在录入后附上。</p>
        <NumberField
          label="得分（文件没有写的不填）"
          value={points}
          onChange={(next) => {
            setPoints(next);
            entering.reset();
          }}
          error={faults.given ?? unfit}
        />
        <TextField label="等级或结论（文件没有写的不填）" maxLength={100} value={words} onChange={setWords} />
        <TextField label="省里的文件" maxLength={200} value={document} onChange={setDocument} error={faults.document} />
        <DateField label="文件的日期" value={day} max={today} onChange={setDay} error={faults.day} />
        <TextAreaField
          label={city === null ? '与市级不同的，写明原因' : `与市级（${figureText(city)}）不同的，写明原因`}
          rows={2}
          maxLength={500}
          value={reason}
          onChange={setReason}
        />
      </Stack>
    </Dialog>
  );
}
