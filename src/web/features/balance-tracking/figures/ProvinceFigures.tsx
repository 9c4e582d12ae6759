import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { newPublication, publications, recordFigures } from '#contract/balance-tracking/tracks.ts';
import type { RouteOutput } from '#contract/route.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { DateField } from '#web/shared/form/DateField.tsx';
import { Form } from '#web/shared/form/Form.tsx';
import { TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { useForm } from '#web/shared/form/useForm.ts';
import { ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { figuresSearch } from '../tracking.search.ts';

type Data = RouteOutput<typeof publications>;
type County = Data['rows'][number];

/** 省公布数据: a row for each county; choosing a row enters or corrects its figures. */
export default function ProvinceFigures() {
  const [search, setSearch] = useSearchState(figuresSearch);
  const { year } = useDeskContext();
  const read = useRead(publications, { query: year === null ? {} : { year } });
  const entered = read.data?.rows.find(({ countyId }) => countyId === search.county);
  return (
    <Page
      wide
      title="省公布数据"
      above={<Link to="/tracking">均衡跟踪</Link>}
      state={
        read.data &&
        `${schoolYearName(read.data.year)}，已录入 ${read.data.rows.filter(({ publication }) => publication).length} 个，共 ${read.data.rows.length} 个县（市、区）`
      }
      action={read.data?.mayEnter && <ButtonLink to="/tracking/figures/import">导入</ButtonLink>}
    >
      <Loaded of={read} shape="table">
        {(data) => (
          <DataTable<County>
            caption="省公布数据"
            columns={columns}
            rows={data.rows}
            rowKey={({ countyId }) => countyId}
            {...(data.mayEnter ? { onOpen: ({ countyId }: County) => setSearch({ county: countyId }) } : {})}
            empty={<Empty title="没有县（市、区）" />}
          />
        )}
      </Loaded>
      {entered && read.data?.mayEnter && (
        <Enter
          key={entered.countyId}
          data={read.data}
          county={entered}
          onClose={() => setSearch({ county: undefined }, { replace: true })}
        />
      )}
    </Page>
  );
}

const unpublished = <Missing reason="还没有录入" />;
const figureOf = ({ publication }: County, level: string, indicator: string) =>
  publication?.figures.find((one) => one.level === level && one.indicator === indicator)?.value ?? null;

const columns: ReadonlyArray<Column<County>> = [
  { key: 'name', title: '县（市、区）', fact: 1, value: ({ name }) => name, cell: ({ name }) => name },
  ...compulsoryLevels.map(
    (level, at): Column<County> => ({
      key: level,
      title: `${schoolLevelNames[level]}综合差异系数`,
      align: 'end',
      ...(at === 0 ? { fact: 2 as const } : { fact: 3 as const }),
      value: (row) => figureOf(row, level, 'composite'),
      cell: (row) => figureOf(row, level, 'composite') ?? unpublished,
    }),
  ),
  ...compulsoryLevels.map(
    (level): Column<County> => ({
      key: `${level}-schools`,
      title: `${schoolLevelNames[level]}学校数`,
      align: 'end',
      value: (row) => figureOf(row, level, 'schools'),
      cell: (row) => figureOf(row, level, 'schools') ?? unpublished,
    }),
  ),
  {
    key: 'document',
    title: '文号',
    value: ({ publication }) => publication?.documentNumber ?? null,
    cell: ({ publication }) => publication?.documentNumber ?? unpublished,
  },
  {
    key: 'published',
    title: '公布日期',
    value: ({ publication }) => publication?.publishedOn ?? null,
    cell: ({ publication }) => publication?.publishedOn ?? unpublished,
  },
];

/** Lines of a list of schools: a name, or a code and a name. */
function readSchools(text: string, level: (typeof compulsoryLevels)[number]) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, code = null, name = line] = /^(\d{10})\s+(.+)$/.exec(line) ?? [];
      return { level, code, name };
    });
}

const entryOf = newPublication.omit({ figures: true, schools: true, countyId: true, year: true });

function Enter({ data, county, onClose }: { data: Data; county: County; onClose: () => void }) {
  const { publication } = county;
  const form = useForm(entryOf, {
    ...{ documentNumber: publication?.documentNumber ?? '', edition: publication?.edition ?? '' },
    ...{ publishedOn: publication?.publishedOn ?? '', source: publication?.source ?? '' },
    ...(publication ? { reason: '' } : {}),
  });
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries((publication?.figures ?? []).map((one) => [`${one.level}:${one.indicator}`, one.value])),
  );
  const [lists, setLists] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(
      compulsoryLevels.map((level) => [
        level,
        (publication?.schools ?? [])
          .filter((one) => one.level === level)
          .map(({ code, name }) => (code === null ? name : `${code} ${name}`))
          .join('\n'),
      ]),
    ),
  );
  const { act } = useAct(recordFigures, {
    done: publication ? '已更正，原来的数据保留' : '已录入',
    inline: true,
    onDone: onClose,
  });
  const figures = compulsoryLevels.flatMap((level) =>
    data.indicators.flatMap(({ key }) => {
      const value = values[`${level}:${key}`]?.trim() ?? '';
      return value === '' ? [] : [{ level, indicator: key, value }];
    }),
  );
  const schools = compulsoryLevels.flatMap((level) => readSchools(lists[level] ?? '', level));
  return (
    <Dialog open size="wide" title={`省公布数据：${county.name} ${schoolYearName(data.year)}`} onClose={onClose}>
      <Form
        onSubmit={form.submit((body) =>
          act({ body: { ...body, countyId: county.countyId, year: data.year, figures, schools } }),
        )}
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
            {data.indicators.map(({ key, name }) => (
              <TextField
                key={key}
                label={`${schoolLevelNames[level]}${name}`}
                required={false}
                inputMode="decimal"
                value={values[`${level}:${key}`] ?? ''}
                onChange={(value) => setValues({ ...values, [`${level}:${key}`]: value })}
              />
            ))}
            <TextAreaField
              label={`${schoolLevelNames[level]}学校名单`}
              required={false}
              rows={3}
              value={lists[level] ?? ''}
              onChange={(value) => setLists({ ...lists, [level]: value })}
              help="每行一所，学校名称，或学校标识码和名称；省级没有给名单的不填。"
            />
          </Section>
        ))}
      </Form>
    </Dialog>
  );
}
