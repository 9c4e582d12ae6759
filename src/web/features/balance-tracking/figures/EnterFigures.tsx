import { z } from 'zod';
import {
  assertFigure,
  newPublication,
  printed,
  type publications,
  recordFigures,
  typedFigure,
} from '#contract/balance-tracking/tracks.ts';
import { writtenReason } from '#contract/kit/texts.shape.ts';
import type { RouteOutput } from '#contract/route.ts';
import { exchangedText, looksExchanged } from '#domain/balance-tracking/published-figure.ts';
import { halfWidth } from '#domain/kit/half-width.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { type CompulsoryLevel, compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';

type Data = RouteOutput<typeof publications>;

/** The schools in a list of lines: a name, or a code and a name. */
function readSchools(text: string, level: CompulsoryLevel) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, code = null, name = line] = /^(\d{10})\s+(.+)$/.exec(line) ?? [];
      return { level, code, name };
    });
}

const schoolsShape = newPublication.shape.schools.unwrap();

/** The list of one level as it is typed; the sentence names the first line that cannot be a school. */
const listOf = (level: CompulsoryLevel) =>
  z.string().superRefine((text, context) => {
    const schools = readSchools(text, level);
    const [issue] = schoolsShape.safeParse(schools).error?.issues ?? [];
    if (issue === undefined) return;
    const school = typeof issue.path[0] === 'number' ? schools[issue.path[0]] : undefined;
    context.addIssue({
      code: 'custom',
      message: school === undefined ? '学校太多' : `请改正“${school.name}”：${issue.message}`,
    });
  });

/** A figure of the form: it may stay empty, for what the province did not publish. */
const optionalFigure = z
  .string()
  .overwrite(halfWidth)
  .trim()
  .superRefine((value, context) => {
    const [issue] = value === '' ? [] : (printed.safeParse(value).error?.issues ?? []);
    if (issue) context.addIssue({ code: 'custom', message: issue.message });
  });

/** The form has a field for every figure and a text for every list. */
const entry = newPublication.omit({ schools: true, countyId: true, year: true, reason: true, replaces: true }).extend({
  figures: z
    .array(typedFigure.extend({ value: optionalFigure }).superRefine(assertFigure))
    .refine((figures) => figures.some(({ value }) => value !== ''), {
      ...{ message: '请至少填写一项数据', path: [0, 'value'] },
    }),
  lists: z.object({ primary: listOf('primary'), junior: listOf('junior') }),
});
const first = entry.extend({ reason: z.undefined().optional() });
const correction = entry.extend({ reason: writtenReason(500) });

interface EnterFiguresProps {
  data: Data;
  county: Data['rows'][number];
  onClose: () => void;
}

/** Enters or corrects the figures of one county; a problem stands at the figure that has it. */
export function EnterFigures({ data, county, onClose }: EnterFiguresProps) {
  const { publication } = county;
  const listed = (level: CompulsoryLevel) =>
    (publication?.schools ?? [])
      .filter((one) => one.level === level)
      .map(({ code, name }) => (code === null ? name : `${code} ${name}`))
      .join('\n');
  const fields = compulsoryLevels.flatMap((level) => data.indicators.map(({ key, name }) => ({ level, key, name })));
  const form = useForm((publication ? correction : first) as typeof correction, {
    ...{ documentNumber: publication?.documentNumber ?? '', edition: publication?.edition ?? '' },
    ...{ publishedOn: publication?.publishedOn ?? '', source: publication?.source ?? '' },
    reason: publication ? '' : undefined,
    figures: fields.map(({ level, key }) => ({
      ...{ level, indicator: key },
      value: publication?.figures.find((one) => one.level === level && one.indicator === key)?.value ?? '',
    })),
    lists: { primary: listed('primary'), junior: listed('junior') },
  });
  const { act } = useAct(recordFigures, {
    done: publication ? '已更正，原来的数据保留' : '已录入',
    inline: 'form',
    onDone: onClose,
  });
  return (
    <Dialog open size="wide" title={`省公布数据：${county.name} ${schoolYearName(data.year)}`} onClose={onClose}>
      <Form
        onSubmit={form.submit(async ({ lists, figures, ...body }) => {
          const doubted = looksExchanged(figures, county.ours);
          if (doubted && !(await confirm({ title: '仍按现在这样录入？', text: exchangedText, verb: '仍然录入' })))
            return;
          await act({
            body: {
              ...{ ...body, countyId: county.countyId, year: data.year, replaces: publication?.id ?? null },
              figures: figures.filter(({ value }) => value !== ''),
              schools: compulsoryLevels.flatMap((level) => readSchools(lists[level], level)),
            },
          });
        })}
        verb={publication ? '更正数据' : '录入数据'}
        busy={form.busy}
        problem={form.problems['']}
      >
        <Pair>
          <TextField label="文号" {...form.field('documentNumber')} maxLength={60} />
          <DateField label="公布日期" {...form.field('publishedOn')} />
        </Pair>
        <TextField
          label="口径"
          {...form.field('edition')}
          required={false}
          maxLength={60}
          help={`与“${data.standardName}”相同的不填；省级另有口径或版本的写明。`}
        />
        <TextField label="来源" {...form.field('source')} maxLength={500} help="文件名称和页码" />
        {publication && <TextAreaField label="更正原因" {...form.field('reason')} rows={2} />}
        {compulsoryLevels.map((level) => (
          <Section key={level} title={schoolLevelNames[level]} note="按公布的小数位填写；没有公布的留空，不要填 0">
            <Stack>
              <Pair>
                {fields.map(
                  (one, at) =>
                    one.level === level && (
                      <TextField
                        key={one.key}
                        label={`${schoolLevelNames[level]}${one.name}`}
                        inputMode="decimal"
                        {...form.field(`figures.${at}.value`)}
                      />
                    ),
                )}
              </Pair>
              <TextAreaField
                label={`${schoolLevelNames[level]}学校名单`}
                {...form.field(`lists.${level}`)}
                required={false}
                rows={3}
                help="每行一所，学校名称，或学校标识码和名称；省级没有给名单的不填。"
              />
            </Stack>
          </Section>
        ))}
      </Form>
    </Dialog>
  );
}
