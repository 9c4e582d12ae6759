import { frameworkSubjects, wholeCode } from '#contract/frameworks/frameworks.ts';
import type { Edition } from '#domain/framework/edition.ts';
import { SelectField, TextField } from '#web/shared/form/fields.tsx';
import { NumberField } from '#web/shared/form/NumberField.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { ActBar } from '#web/shared/kit/layout/ActBar.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { cellTitles, notApplicableWords, subjectTitles } from '../framework.words.ts';
import { type CellField, standing, type Typed, wholeHolder } from './changed-cells.ts';
import type { Draft } from './draft-notes.ts';
import { wholeLists, wholeParts } from './fields/edition-fields.ts';
import { rollUpFields } from './fields/method-fields.ts';
import { hasField, isSameAt, type Part, type PartField } from './fields/part-fields.ts';
import { OvertakenCell } from './OvertakenCell.tsx';
import { PartForm } from './PartForm.tsx';
import type { useDraftEdits } from './useDraftEdits.ts';

interface WholeFormProps {
  draft: Draft;
  edits: ReturnType<typeof useDraftEdits>;
}

const bonusField: PartField = {
  ...{ key: 'bonus', label: '加分', kind: 'group', optional: true, empty: { cap: null, beyondMax: false } },
  fields: [
    { key: 'cap', label: '加分合计最多', kind: 'number', unknown: '不限' },
    { key: 'beyondMax', label: '总分可以超过满分', kind: 'flag', both: true },
  ],
};

/** What a city writes of the edition beside its tree: its name, how the whole is scored, its rules and conclusions. */
export function WholeForm({ draft, edits }: WholeFormProps) {
  const { typed } = edits.of(wholeCode);
  const type = (more: Typed) => edits.set(wholeCode, { typed: { ...typed, ...more }, confirmed: false });
  const holder = wholeHolder(draft.definition);
  const now = (field: CellField) => (field in typed ? typed[field] : standing(holder, field));
  const isOf = (path: string, key: string) => path === key || path.startsWith(`${key}[`) || path.startsWith(`${key}.`);
  const issuesOf = (key: string) => draft.issues.filter(({ path }) => isOf(path, key));
  // A sentence stands at its field as long as what was saved stands there; what has no field stands above.
  const faultsOf = (key: string) =>
    issuesOf(key).filter(({ path }) => !(key in typed) || isSameAt(path, typed, draft.definition));
  const aboveOf = (fields: readonly PartField[], key: string) =>
    issuesOf(key).filter(({ path }) => !hasField(fields, path));
  return (
    <>
      {edits.overtaken
        .filter(({ code }) => code === wholeCode)
        .map((cell) => (
          <OvertakenCell
            key={cell.field}
            cell={cell}
            theirs={standing(holder, cell.field)}
            onChoose={(choice) => edits.choose(cell, choice)}
          />
        ))}
      <Section title="整个体系">
        <Stack>
          <Issues issues={[...issuesOf('max'), ...issuesOf('rollUp'), ...issuesOf('bonus')]} />
          <Pair>
            <TextField
              label={cellTitles.title}
              maxLength={200}
              value={now('title') as string}
              onChange={(title) => type({ title })}
            />
            <TextField
              label={cellTitles.edition}
              maxLength={60}
              value={now('edition') as string}
              onChange={(edition) => type({ edition })}
            />
            <NumberField
              label="满分"
              required={false}
              unit="分"
              value={now('points') as number | null}
              onChange={(points) => type({ points })}
            />
            <SelectField
              label={cellTitles.subject}
              value={now('subject') as Edition['subject']}
              options={frameworkSubjects.map((value) => ({ value, label: subjectTitles[value] }))}
              onChange={(subject) => type({ subject })}
            />
            <SelectField
              label={cellTitles.notApplicable}
              value={now('notApplicable') as Edition['notApplicable']}
              options={(Object.keys(notApplicableWords) as Edition['notApplicable'][]).map((value) => ({
                value,
                label: notApplicableWords[value],
              }))}
              onChange={(notApplicable) => type({ notApplicable })}
            />
            <NumberField
              label={cellTitles.decimals}
              help="屏幕和打印用，计算不舍入"
              value={now('decimals') as number}
              onChange={(decimals) => decimals !== null && type({ decimals })}
            />
          </Pair>
          <PartForm
            fields={rollUpFields}
            part={(now('rollUp') ?? { rule: 'sum' }) as Part}
            onChange={(rollUp) =>
              type({ rollUp: rollUp.rule === 'sum' && Object.keys(rollUp).length === 1 ? null : rollUp })
            }
          />
          <PartForm
            fields={[bonusField]}
            part={{ bonus: now('bonus') ?? undefined }}
            onChange={({ bonus }) => type({ bonus: bonus ?? null })}
          />
        </Stack>
      </Section>
      <Section title="适用和取数">
        <Stack>
          <Issues issues={wholeParts.flatMap(({ key }) => aboveOf(wholeParts, key))} />
          <PartForm
            fields={wholeParts}
            faults={wholeParts.flatMap(({ key }) => faultsOf(key))}
            part={{
              ...Object.fromEntries(wholeParts.map(({ key }) => [key, now(key as CellField) ?? undefined])),
              flags: now('flags') ?? {},
            }}
            onChange={(part) => type(Object.fromEntries(wholeParts.map(({ key }) => [key, partOrNone(part, key)])))}
          />
        </Stack>
      </Section>
      {wholeLists.map((field) => (
        <Section key={field.key} title={field.label}>
          <Issues issues={aboveOf(wholeLists, field.key)} />
          <p className="caption">{field.help}</p>
          <PartForm
            fields={[{ ...field, titled: true }]}
            faults={faultsOf(field.key)}
            part={{ [field.key]: now(field.key as CellField) ?? [] }}
            onChange={(part) => type({ [field.key]: part[field.key] ?? [] })}
          />
        </Section>
      ))}
      <ActBar note={edits.count > 0 ? `${edits.count} 格没有保存` : '没有要保存的改动'}>
        <Button kind="primary" busy={edits.busy} disabled={edits.count === 0} onClick={edits.save}>
          保存改动
        </Button>
      </ActBar>
    </>
  );
}

/** A part that says nothing is not there: a text is empty, of a structure nothing is known. */
function partOrNone(part: Part, key: string): unknown {
  const value = part[key] ?? (key === 'applies' ? '' : null);
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0 ? null : value;
}

function Issues({ issues }: { issues: Draft['issues'] }) {
  return issues.map(({ path, message }) => (
    <Band key={`${path} ${message}`} tone="look">
      {message}
    </Band>
  ));
}
