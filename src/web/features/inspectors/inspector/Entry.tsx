import { Link } from '@tanstack/react-router';
import type { z } from 'zod';
import type { ownInspector } from '#contract/inspectors/inspectors.ts';
import {
  degreeTitles,
  halfTitles,
  inspectorStageTitles,
  paperTitles,
  relativeTitles,
  sexTitles,
  tieTitles,
} from '#domain/inspection/inspector.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import { type Fact, Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { inspectorMarks } from '../desk/state-marks.ts';
import { termText } from '../inspector.words.ts';
import type { Inspector } from './inspector-reply.ts';

/** What the page of an inspector and the own page show alike. */
type Entry = Omit<z.output<typeof ownInspector>, 'mayFill' | 'relations'> & Pick<Inspector, 'relations'>;

const unfilled = <Missing reason="没有填写" />;

/** The entry as facts; what nobody filled in says so. */
export function factsOf(entry: Entry): (Fact | false)[] {
  return [
    ['性别', entry.sex === null ? unfilled : sexTitles[entry.sex]],
    ['出生年份', entry.birthYear === null ? unfilled : `${entry.birthYear} 年`],
    ['工作单位', entry.employer === '' ? unfilled : entry.employer],
    ['职务', entry.post === '' ? unfilled : entry.post],
    ['学历', entry.degree === null ? unfilled : degreeTitles[entry.degree]],
    ['职称', entry.professionalTitle === '' ? unfilled : entry.professionalTitle],
    ['教育工作年限', entry.educationYears === null ? unfilled : `${entry.educationYears} 年`],
    ['学段', entry.stages.length === 0 ? unfilled : entry.stages.map((one) => inspectorStageTitles[one]).join('、')],
    ['学科或专长', entry.subjects === '' ? unfilled : entry.subjects],
    ['督学证号', entry.certificateNumber ?? unfilled],
    // Known to features that do not exist yet: unknown, and not none.
    ['培训学时', '未知，还没有在本平台登记'],
    ['履职考核', '未知，还没有在本平台登记'],
    ['联系电话', entry.phone === '' ? unfilled : entry.phone],
    ['公开联系方式', entry.publicContact === '' ? unfilled : entry.publicContact],
    entry.profile !== '' && ['简介', entry.profile, 'wide'],
  ];
}

/** The requirements of the appointment one by one, with what each rests on. */
export function Requirements({ requirements }: Pick<Entry, 'requirements'>) {
  if (requirements.length === 0) return null;
  return (
    <Section title="聘任条件">
      <DataTable
        caption="聘任条件"
        rows={requirements}
        rowKey={(row) => row.key}
        columns={[
          { key: 'title', title: '条件', fact: 1, cell: (row) => row.title },
          {
            key: 'standing',
            title: '结论',
            fact: 2,
            width: '7rem',
            cell: (row) => <StateMark state={inspectorMarks[row.standing]} />,
          },
          {
            key: 'basis',
            title: '依据',
            fact: 3,
            cell: (row) => (row.basis === '' ? <Missing reason="还没有核实" /> : row.basis),
          },
          { key: 'source', title: '规定', cell: (row) => row.source },
        ]}
      />
    </Section>
  );
}

const letterColumn: Column<Entry['termList'][number]> = {
  key: 'letter',
  title: '聘书',
  width: '6rem',
  cell: ({ letterId }) =>
    letterId === null ? (
      <Missing reason="还没有拟聘书" />
    ) : (
      <Link to="/letters/$letterId" params={{ letterId }}>
        查看聘书
      </Link>
    ),
};

/** @param links whether the letters of appointment are within reach */
export function Terms({ termList, links = false }: Pick<Entry, 'termList'> & { links?: boolean }) {
  if (termList.length === 0) return null;
  return (
    <Section title="任期">
      <DataTable
        caption="任期"
        rows={termList.map((term, at) => ({ ...term, at: at + 1 }))}
        rowKey={(row) => row.id}
        columns={[
          { key: 'at', title: '任期', width: '8rem', cell: (row) => `第 ${row.at} 个${row.earlier ? '（以前）' : ''}` },
          { key: 'days', title: '起止', fact: 1, cell: (row) => termText(row.from, row.to) },
          ...(links ? [letterColumn] : []),
          {
            key: 'document',
            title: '文号',
            fact: 2,
            cell: (row) => row.documentNumber ?? <Missing reason="没有登记" />,
          },
          {
            key: 'end',
            title: '提前结束',
            fact: 3,
            cell: (row) => row.endedOn ?? <Missing reason="没有提前结束" />,
          },
        ]}
      />
    </Section>
  );
}

export function Posts({ posts }: Pick<Entry, 'posts'>) {
  if (posts.length === 0) return null;
  return (
    <Section title="任职经历">
      <DataTable
        caption="任职经历"
        rows={posts.map((post, at) => ({ ...post, at }))}
        rowKey={(row) => row.at}
        columns={[
          { key: 'body', title: '单位或学校', fact: 1, cell: (row) => row.body.written },
          { key: 'post', title: '职务', fact: 2, cell: (row) => (row.post === '' ? unfilled : row.post) },
          { key: 'from', title: '开始', width: '8rem', cell: (row) => row.from ?? unfilled },
          { key: 'leftOn', title: '离开', fact: 3, width: '8rem', cell: (row) => row.leftOn ?? unfilled },
        ]}
      />
    </Section>
  );
}

export function Relations({ relations, action }: Pick<Entry, 'relations'> & { action?: React.ReactNode }) {
  if (relations === null) return null;
  return (
    <Section title="回避事项" note="只有本人、聘任单位和市级督导机构登记、审核的人员能看" action={action}>
      {relations.length === 0 ? (
        <p className="caption">没有申报回避事项。</p>
      ) : (
        <DataTable
          caption="回避事项"
          rows={relations.map((one, at) => ({ ...one, at }))}
          rowKey={(row) => row.at}
          columns={[
            { key: 'relative', title: '与谁有关', fact: 1, width: '7rem', cell: (row) => relativeTitles[row.relative] },
            { key: 'tie', title: '事实', fact: 2, width: '9rem', cell: (row) => tieTitles[row.tie] },
            { key: 'body', title: '单位或学校', fact: 3, cell: (row) => row.body.written },
            {
              key: 'post',
              title: '职务和说明',
              cell: (row) => [row.post, row.note].filter(Boolean).join('，') || unfilled,
            },
            { key: 'until', title: '到哪天为止', width: '8rem', cell: (row) => row.until ?? '一直有效' },
          ]}
        />
      )}
    </Section>
  );
}

type Paper = Entry['papers'][number];

/** Plans and summaries: those that are due first, then those that came. */
export function Papers({
  papers,
  today,
  act,
}: Pick<Entry, 'papers'> & { today: string; act?: ((paper: Paper) => React.ReactNode) | undefined }) {
  if (papers.length === 0) return null;
  return (
    <Section title="学期计划和总结">
      <DataTable
        caption="学期计划和总结"
        rows={papers}
        rowKey={(row) => `${row.paper} ${row.schoolYear} ${row.half}`}
        columns={[
          {
            key: 'paper',
            title: '材料',
            fact: 1,
            cell: (row) => `${schoolYearName(row.schoolYear)}${halfTitles[row.half]}${paperTitles[row.paper]}`,
          },
          { key: 'due', title: '应交', width: '8rem', cell: (row) => row.dueOn },
          {
            key: 'handed',
            title: '提交',
            fact: 2,
            cell: (row) =>
              row.handedOn === null ? (
                row.dueOn < today ? (
                  <StateMark state={inspectorMarks.lacking} text="逾期未交" />
                ) : (
                  <Missing reason="还没有提交" />
                )
              ) : (
                `${row.handedOn} ${row.handedBy ?? ''}`
              ),
          },
          {
            key: 'body',
            title: '内容',
            fact: 3,
            cell: (row) => (row.handedOn === null ? act?.(row) : paperContent(row)),
          },
        ]}
      />
    </Section>
  );
}

/** The text of a paper and the names of its files, which hang on the entry. */
function paperContent({ body, files }: Paper) {
  if (body === '' && files.length === 0) return <Missing reason="没有登记正文和文件" />;
  return (
    <>
      {body}
      {files.length > 0 && <p className="caption">附件：{files.join('、')}</p>}
    </>
  );
}
