import { listDeliveries, retryDelivery } from '#contract/notices/deliveries.ts';
import type { RouteOutput } from '#contract/route.ts';
import { deliveryStates } from '#domain/notice/delivery.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { deliveryLooks } from '#web/shared/delivery/delivery-marks.ts';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Notice } from '#web/shared/kit/feedback/Notice.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { FilterBar, FilterSelect } from '#web/shared/kit/table/FilterBar.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime, formatNumber } from '#web/shared/words/format.ts';
import { remarkOf } from './delivery.words.ts';
import { deliveriesSearch } from './notices.search.ts';

type Reply = RouteOutput<typeof listDeliveries>;
type Delivery = Reply['rows'][number];

/** The mail of the installation: how each went, and another try for what failed. */
export default function DeliveryList() {
  const [search, setSearch] = useSearchState(deliveriesSearch);
  const read = useRead(listDeliveries, { query: search }, { keepPrevious: true, refetchInterval: 10_000 });
  const clear = () => setSearch({ state: undefined });
  const options = deliveryStates.map((state) => {
    const count = read.data?.counts.find((one) => one.state === state)?.count ?? 0;
    return { value: state, label: `${deliveryLooks[state].word}（${formatNumber(count)}）` };
  });
  return (
    <Page
      title="邮件投递"
      wide
      state={read.data && `共 ${formatNumber(read.data.counts.reduce((sum, { count }) => sum + count, 0))} 封`}
      action={<ButtonLink to="/settings">外部地址</ButtonLink>}
    >
      {read.data && <Server server={read.data.server} />}
      {read.data && read.data.codes.length > 0 && <Codes codes={read.data.codes} />}
      <FilterBar onClear={search.state ? clear : undefined}>
        <FilterSelect label="状态" value={search.state} options={options} onChange={(state) => setSearch({ state })} />
      </FilterBar>
      <DataTable
        caption="邮件投递"
        columns={columns}
        query={read}
        rowKey={(delivery) => delivery.id}
        state={search}
        onState={setSearch}
        empty={
          search.state === undefined ? (
            <Empty title="没有寄过邮件">有人确认了自己的邮箱以后，发给他的消息会寄出一封邮件，列在这里。</Empty>
          ) : (
            <Empty
              title={`没有${deliveryLooks[search.state].word}的邮件`}
              action={<Button onClick={clear}>查看全部邮件</Button>}
            />
          )
        }
      />
    </Page>
  );
}

/** Why nothing leaves at all, where that is so. */
function Server({ server }: { server: Reply['server'] }) {
  if (server === null) {
    return (
      <Notice title="没有接通邮件服务器">
        在服务器上设置 SMTP_URL、MAIL_FROM 和 ORIGIN 后重新启动；在此以前消息只在平台内查看。
      </Notice>
    );
  }
  if (server.allowed) return null;
  return (
    <Notice title="邮件服务器还不允许连接">
      {server.target} 不在“设置”的“外部地址”名单里，邮件都在等待；加上以后会陆续寄出。
    </Notice>
  );
}

type Code = Reply['codes'][number];

const codeColumns: ReadonlyArray<Column<Code>> = [
  { key: 'person', title: '人员', fact: 1, cell: ({ person }) => person },
  { key: 'address', title: '邮箱', fact: 2, cell: ({ address }) => address },
  { key: 'asked', title: '登记', width: '13rem', cell: ({ askedAt }) => formatDateTime(askedAt) },
  {
    key: 'state',
    title: '验证码',
    fact: 3,
    cell: ({ sent, fault }) => {
      if (fault !== null) return <StateMark state="invalid" text={`没有寄到：${fault}`} />;
      return sent ? '已寄出，还没有确认' : '等待寄出';
    },
  },
];

/** Codes by which people confirm an address: whoever waits for one that did not leave asks the administrator first. */
function Codes({ codes }: { codes: readonly Code[] }) {
  return (
    <Section title="邮箱验证码" note="登记邮箱而还没有确认的人；验证码本身不显示。">
      <DataTable
        caption="邮箱验证码"
        columns={codeColumns}
        rows={codes}
        rowKey={({ person, askedAt }) => `${person} ${askedAt}`}
      />
    </Section>
  );
}

const columns: ReadonlyArray<Column<Delivery>> = [
  {
    key: 'person',
    title: '收件人',
    fact: 1,
    cell: ({ person, address }) => (
      <>
        {person}
        <p className="caption">{address ?? '已没有邮箱'}</p>
      </>
    ),
  },
  { key: 'title', title: '消息类别', cell: ({ title }) => title },
  {
    key: 'state',
    title: '状态',
    fact: 2,
    width: '8rem',
    cell: ({ state }) => <StateMark state={deliveryLooks[state]} />,
  },
  {
    key: 'time',
    title: '时间',
    width: '13rem',
    cell: ({ sentAt, dueAt, createdAt }) => {
      if (sentAt !== null) return `${formatDateTime(sentAt)} 送出`;
      return dueAt === null ? `${formatDateTime(createdAt)} 产生` : `${formatDateTime(dueAt)} 发送`;
    },
  },
  {
    key: 'read',
    title: '已阅',
    width: '11rem',
    cell: ({ readAt }) => (readAt === null ? <Missing reason="还没有在平台内阅读" /> : formatDateTime(readAt)),
  },
  {
    key: 'remark',
    title: '说明',
    fact: 3,
    cell: (delivery) => remarkOf(delivery) ?? <Missing reason="没有要说明的" />,
  },
  { key: 'acts', title: '操作', acts: true, width: '7rem', cell: (delivery) => <Retry delivery={delivery} /> },
];

function Retry({ delivery: { id, placeId, person, can } }: { delivery: Delivery }) {
  const retrying = useAct(retryDelivery, { done: '邮件将在一分钟内再次发送。' });
  if (!can.retry) return null;
  const again = async () => {
    const yes = await confirm({
      title: `再次给${person}发送这封邮件？`,
      text: '邮件服务器上次没有收下。请先排除说明中的原因，否则还会失败。再次发送记入审计。',
      verb: '再次发送',
    });
    if (yes) await retrying.act({ params: { deliveryId: id }, body: { placeId } });
  };
  return (
    <Button small busy={retrying.busy} onClick={() => void again()}>
      再次发送
    </Button>
  );
}
