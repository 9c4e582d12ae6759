import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { codes, grant, read as readSet, sheets } from '#contract/people/sets.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatNumber } from '#web/shared/words/format.ts';
import { postSetMarks } from '../desk/state-marks.ts';
import { setSearch as searchOfSet } from '../people.search.ts';
import { decidedText, proposedText } from '../people.words.ts';
import { CodeSheet } from './CodeSheet.tsx';
import { LinkSheets } from './LinkSheets.tsx';
import { RejectSet } from './RejectSet.tsx';

type Detail = RouteOutput<typeof readSet>;
type Line = Detail['rows'][number];

const onlyChoices = [
  { value: 'new', label: '新账户' },
  { value: 'existing', label: '已有账户' },
  { value: 'refused', label: '不能授予' },
] as const;

const outcomes = { granted: '已授予', excepted: '已除外', refused: '未授予' } as const;

/** One set of posts: what each line changes, and the acts of the administrator who looks at it. */
export default function PostSet() {
  const { setId } = useParams({ from: '/desk/people/sets/$setId' });
  const [search, setSearch] = useSearchState(searchOfSet);
  const { page, pageSize, place, only } = search;
  const query = { page, pageSize, unitId: place, only };
  const read = useRead(readSet, { params: { setId }, query }, { keepPrevious: true });
  const [except, setExcept] = useState<readonly number[]>([]);
  const [shown, setShown] = useState<
    { codes: RouteOutput<typeof codes>['rows'] } | { sheets: RouteOutput<typeof sheets> } | null
  >(null);
  if (shown !== null && 'sheets' in shown) return <LinkSheets setId={setId} made={shown.sheets} />;
  if (shown !== null) {
    const state = '启用码只在这里显示一次，请打印后按单位分发；这些人员以前的启用码和链接已经作废。';
    return <CodeSheet title="启用码" state={state} setId={setId} rows={shown.codes} />;
  }
  return (
    <LoadedPage of={read} title="成批授权" above={<Link to="/people/sets">成批授权</Link>}>
      {(set) => (
        <Page
          title={set.fileName}
          above={<Link to="/people/sets">成批授权</Link>}
          state={<StateMark state={postSetMarks[set.state]} />}
          action={<SetActs set={set} except={except} place={place} onShown={setShown} />}
        >
          <SetFacts set={set} />
          <FilterBar onClear={place || only ? () => setSearch({ place: undefined, only: undefined }) : undefined}>
            <FilterSelect
              label="单位"
              value={place}
              options={unitsOf(set)}
              onChange={(unit) => setSearch({ place: unit })}
            />
            <FilterSelect
              label="变化"
              value={only}
              options={onlyChoices}
              onChange={(one) => setSearch({ only: one })}
            />
          </FilterBar>
          <DataTable
            caption="差异"
            columns={columnsOf(set, except, setExcept)}
            query={read}
            rowKey={(row) => row.line}
            rowTone={(row) => (row.refusal !== null ? 'fails' : undefined)}
            state={search}
            onState={setSearch}
          />
        </Page>
      )}
    </LoadedPage>
  );
}

function unitsOf(set: Detail) {
  const units = new Map(set.counts.map(({ countyId, countyName }) => [countyId, countyName]));
  return [...units].flatMap(([value, label]) => (value === null ? [] : [{ value, label }]));
}

/** What the grant brings about, beside the button that does it. */
function afterGrant({ withoutPassword }: Detail): string {
  if (withoutPassword === 0) return '立即生效';
  const sheets = withoutPassword > mostSheetsAtOnce ? '再按单位打印交接单' : '随即给出交接单，每人一个一次性链接';
  return `立即生效；${formatNumber(withoutPassword)} 人还没有密码，${sheets}`;
}

function SetFacts({ set }: { set: Detail }) {
  return (
    <Section title="名单">
      <Facts
        items={[
          ['岗位', `${formatNumber(set.lines)} 个，其中新账户 ${formatNumber(set.accounts)} 个`],
          ['提出', proposedText(set)],
          set.decidedAt !== null && ['办结', decidedText(set)],
          set.reason !== null && ['理由', set.reason, 'wide'],
          set.can.grant && ['授予后', afterGrant(set), 'wide'],
          set.refused > 0 && [set.state === 'waiting' ? '不能授予' : '未授予', `${set.refused} 行，原因见下`],
          set.withoutPassword > 0 && ['尚未设定密码', `${set.withoutPassword} 人`],
          ['按单位和角色', set.counts.map((one) => `${one.countyName}${one.roleName} ${one.lines}`).join('；'), 'wide'],
        ]}
      />
    </Section>
  );
}

function columnsOf(
  set: Detail,
  except: readonly number[],
  onExcept: (lines: readonly number[]) => void,
): ReadonlyArray<Column<Line>> {
  const change = (line: number) => {
    onExcept(except.includes(line) ? except.filter((one) => one !== line) : [...except, line]);
  };
  return [
    { key: 'line', title: '行', align: 'end', width: '4rem', cell: (row) => row.line },
    {
      key: 'name',
      title: '姓名',
      fact: 1,
      cell: (row) => (
        <Link to="/people/$personId" params={{ personId: row.personId }}>
          {row.name}
        </Link>
      ),
    },
    { key: 'username', title: '用户名', cell: (row) => row.username },
    { key: 'before', title: '现在', cell: (row) => beforeOf(row) },
    {
      key: 'after',
      title: set.state === 'waiting' ? '授予后增加' : '岗位',
      fact: 2,
      cell: (row) => `${row.roleName}（${[row.placeName, row.sectionName].filter(Boolean).join(' ')}）`,
    },
    {
      key: 'outcome',
      title: set.can.grant ? '除外' : '结果',
      fact: 3,
      // The button says its own word.
      bare: set.can.grant,
      cell: (row) => {
        if (row.refusal !== null) return row.refusal;
        if (row.outcome !== null) return outcomes[row.outcome];
        if (!set.can.grant) return '等待授予';
        return (
          <Button small onClick={() => change(row.line)}>
            {except.includes(row.line) ? '恢复这一行' : '除外'}
          </Button>
        );
      },
    },
  ];
}

function beforeOf(row: Line): string {
  if (row.held.length > 0) return row.held.join('、');
  return row.isNew ? '新账户' : '没有岗位';
}

/** The links of so many people are drawn at once, each with its code, in about a second. */
const mostSheetsAtOnce = 500;

interface SetActsProps {
  set: Detail;
  except: readonly number[];
  place: number | undefined;
  onShown: (shown: { codes: RouteOutput<typeof codes>['rows'] } | { sheets: RouteOutput<typeof sheets> }) => void;
}

function SetActs({ set, except, place, onShown }: SetActsProps) {
  const [rejecting, setRejecting] = useState(false);
  const params = { setId: set.id };
  const sheeting = useAct(sheets, {
    onDone: (made) => {
      if (made.rows.length + made.withoutCode > 0) onShown({ sheets: made });
    },
  });
  const coding = useAct(codes, { onDone: ({ rows }) => onShown({ codes: rows }) });
  const body = { unitId: place ?? null };
  // No link of this set exists yet, so nothing ends with new ones; more people are printed by unit.
  const atOnce = set.withoutPassword > 0 && set.withoutPassword <= mostSheetsAtOnce;
  const granting = useAct(grant, {
    done: ({ granted }) => `已授予 ${granted} 个岗位。`,
    onDone: () => {
      if (atOnce) void sheeting.act({ params, body: { unitId: null } });
    },
  });
  const count = set.lines - set.refused - except.length;
  const left = [
    except.length > 0 && `${except.length} 行除外`,
    set.refused > 0 && `${set.refused} 行按规则不能授予`,
  ].filter(Boolean);
  const within = unitsOf(set).find(({ value }) => value === place)?.label;
  // New accounts lose nothing by a post; who works now is signed out, and a line that is left out stays without.
  const harmless = left.length === 0 && set.accounts === set.lines;
  async function askToGrant() {
    const yes =
      harmless ||
      (await confirm({
        title: `授予 ${formatNumber(count)} 个岗位？`,
        text: `${left.length > 0 ? `${left.join('，')}。` : ''}授予后立即生效；已有岗位的人员，其登录结束，重新登录后使用新的岗位。`,
        verb: `授予 ${formatNumber(count)} 个岗位`,
      }));
    if (yes) await granting.act({ params, body: { digest: set.digest, except: [...except], refused: set.refused } });
  }
  async function askToPrint() {
    const yes = await confirm({
      title: within === undefined ? '给出全部人员的链接？' : `给出${within}人员的链接？`,
      text: '还没有设定密码的人员各得一个链接，只显示一次；以前打印的链接同时作废。',
      verb: '给出链接',
    });
    if (yes) await sheeting.act({ params, body });
  }
  async function askForCodes() {
    const yes = await confirm({
      title: within === undefined ? '重新给出全部人员的启用码？' : `重新给出${within}人员的启用码？`,
      text: '以前的启用码和已经打印的链接同时作废，安全管理员须重新打印交接单。',
      verb: '重新给出启用码',
      danger: true,
    });
    if (yes) await coding.act({ params, body });
  }
  return (
    <Row>
      {set.can.grant && (
        <Button kind="primary" busy={granting.busy || sheeting.busy} onClick={() => void askToGrant()}>
          授予 {formatNumber(count)} 个岗位
        </Button>
      )}
      {set.can.sheets && (
        <Button kind="primary" busy={sheeting.busy} onClick={() => void askToPrint()}>
          打印交接单{within === undefined ? '' : `（${within}）`}
        </Button>
      )}
      {set.can.codes && (
        <Button busy={coding.busy} onClick={() => void askForCodes()}>
          重新给出启用码{within === undefined ? '' : `（${within}）`}
        </Button>
      )}
      {set.can.reject && <Button onClick={() => setRejecting(true)}>{set.can.grant ? '否决' : '收回'}</Button>}
      {rejecting && <RejectSet set={set} onClose={() => setRejecting(false)} />}
    </Row>
  );
}
