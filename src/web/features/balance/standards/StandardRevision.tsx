import { useId, useRef, useState } from 'react';
import * as balance from '#contract/balance/balance.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import type { BalanceStandard, ByLevel } from '#domain/balance/standard/standard.shape.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { numberFault, readNumber } from '#web/shared/form/NumberField.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import type { StandardReply } from '../balance.words.ts';
import { draftExclusions, sentExclusions } from './draft-exclusions.ts';
import { ExclusionEditor } from './ExclusionEditor.tsx';
import { exclusionFaults, indicatorFaults, RevisionFaults, reasonFaults } from './RevisionFaults.tsx';
import { RevisionTrial, type Trial } from './RevisionTrial.tsx';
import style from './StandardRevision.module.css';

/** Edits limits, thresholds and the set. The draft is tried before it is published as a new revision. */
export function StandardRevision({ reply, onClose }: { reply: StandardReply; onClose: () => void }) {
  const [draft, setDraft] = useState(reply.definition);
  const [exclusions, setExclusions] = useState(() => draftExclusions(reply.definition.exclusions));
  const [note, setNote] = useState('');
  const noteId = useId();
  const [tried, setTried] = useState<{ sent: string; trial: Trial }>();
  // Faults name the place that a condition had when it was sent; it may be moved since.
  const sent = useRef<readonly number[]>([]);
  const definition = { ...draft, exclusions: sentExclusions(exclusions) };
  const input = { params: { key: reply.key }, body: { basis: reply.revision, definition } };
  const text = JSON.stringify(definition);
  const current = tried?.sent === text;
  const attempt = useAct(balance.tryRevision, { inline: true });
  const revise = useAct(balance.revise, {
    done: ({ edition }) => `${editionText(edition)}已发布，本学年正在按它重新测算`,
    onDone: onClose,
    inline: true,
  });
  const tryAgain = async () => {
    sent.current = exclusions.map(({ id }) => id);
    revise.reset();
    const trial = await attempt.act(input);
    if (trial) setTried({ sent: text, trial });
  };
  // The key that sends a form tries the draft where it is not the one that was tried.
  const act = () => {
    if (!tried || !current) return void tryAgain();
    sent.current = exclusions.map(({ id }) => id);
    void revise.act({ ...input, body: { ...input.body, note, trial: tried.trial.digest } });
  };
  const problem = attempt.problem ?? revise.problem;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act();
      }}
    >
      <p className="soft">先试算，看过影响再发布为{editionText(reply.next)}；以前的测算仍按各自的版本保留。</p>
      {draft.compositeLimits && (
        <Section title="综合差异系数限值">
          <LevelNumbers
            name="综合差异系数限值"
            values={draft.compositeLimits}
            onChange={(compositeLimits) => setDraft({ ...draft, compositeLimits })}
          />
        </Section>
      )}
      <Section title="指标的限值与标准值">
        <div className={style.editIndicators}>
          {draft.indicators.map((indicator, index) => (
            <IndicatorEditor
              key={indicator.key}
              indicator={indicator}
              faults={indicatorFaults(problem, index)}
              onChange={(changed) =>
                setDraft({ ...draft, indicators: draft.indicators.map((one, at) => (at === index ? changed : one)) })
              }
            />
          ))}
        </div>
      </Section>
      <ExclusionEditor
        standard={reply.key}
        exclusions={exclusions}
        bases={reply.bases}
        faults={exclusionFaults(problem, sent.current)}
        reasonFaults={reasonFaults(problem, sent.current)}
        onChange={setExclusions}
      />
      <Section title="修订说明">
        <label htmlFor={noteId} className="visually-hidden">
          修订说明
        </label>
        <textarea
          id={noteId}
          required
          minLength={2}
          maxLength={500}
          value={note}
          placeholder="为什么修订，依据哪份文件"
          onChange={(event) => setNote(event.target.value)}
        />
      </Section>
      {problem && <RevisionFaults problem={problem} draft={draft} act={attempt.problem ? '试算' : '发布'} />}
      {tried && <RevisionTrial trial={tried.trial} draft={draft} overtaken={!current} />}
      <div className={style.buttons}>
        <Button kind={current ? 'plain' : 'primary'} busy={attempt.busy} onClick={() => void tryAgain()}>
          试算
        </Button>
        <Button kind={current ? 'primary' : 'plain'} type="submit" busy={revise.busy} disabled={!current}>
          发布
        </Button>
        <Button onClick={onClose}>取消</Button>
      </div>
    </form>
  );
}

type Indicator = BalanceStandard['indicators'][number];

interface IndicatorEditorProps {
  indicator: Indicator;
  /** What the server found wrong with it. */
  faults: readonly string[];
  onChange: (changed: Indicator) => void;
}

function IndicatorEditor({ indicator, faults, onChange }: IndicatorEditorProps) {
  const faultsId = useId();
  return (
    <fieldset
      className={style.editIndicator}
      aria-label={indicator.name}
      aria-describedby={faults.length > 0 ? faultsId : undefined}
    >
      <p>
        {indicator.name} <span className="caption">{indicator.unit}</span>
      </p>
      {indicator.limits && (
        <LevelNumbers
          name={`${indicator.name}差异系数限值`}
          label="差异系数限值"
          values={indicator.limits}
          onChange={(limits) => onChange({ ...indicator, limits })}
        />
      )}
      {indicator.thresholds && (
        <LevelNumbers
          name={`${indicator.name}学校标准值`}
          label="学校标准值"
          values={indicator.thresholds}
          onChange={(thresholds) => onChange({ ...indicator, thresholds })}
        />
      )}
      {!indicator.limits && !indicator.thresholds && <p className="caption">此项没有单独的限值</p>}
      {faults.length > 0 && (
        <p id={faultsId} className={style.fault}>
          {faults.join('；')}
        </p>
      )}
    </fieldset>
  );
}

interface LevelNumbersProps {
  name: string;
  label?: string;
  values: ByLevel;
  onChange: (values: ByLevel) => void;
}

function LevelNumbers({ name, label, values, onChange }: LevelNumbersProps) {
  return (
    <div className={style.levelNumbers}>
      {label && <span className="soft">{label}</span>}
      {compulsoryLevels.map((level) => (
        <span key={level} className={style.levelNumber}>
          <span>{schoolLevelNames[level]}</span>
          <LevelNumber
            name={`${name} ${schoolLevelNames[level]}`}
            value={values[level]}
            onChange={(value) => onChange({ ...values, [level]: value } as Record<CompulsoryLevel, number>)}
          />
        </span>
      ))}
    </div>
  );
}

/** Keeps the typed text. A text that is not a number is none in the draft either: such a draft is refused. */
function LevelNumber({ name, value, onChange }: { name: string; value: number; onChange: (value: number) => void }) {
  const [text, setText] = useState(String(value));
  const read = readNumber(text);
  const fault = numberFault(text) ?? (read === null || read <= 0 ? '请填大于 0 的数' : undefined);
  const faultId = useId();
  return (
    <>
      <input
        inputMode="decimal"
        aria-label={name}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : faultId}
        value={text}
        required
        onChange={(event) => {
          setText(event.target.value);
          onChange(readNumber(event.target.value) ?? Number.NaN);
        }}
      />
      {fault !== undefined && (
        <span id={faultId} className={style.fault}>
          {fault}
        </span>
      )}
    </>
  );
}
