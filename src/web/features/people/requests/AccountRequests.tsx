import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { confirm as confirmRequest, list, reject } from '#contract/people/requests.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { confirm } from '#web/shared/kit/dialog/question.ts';
import { Empty } from '#web/shared/kit/feedback/Empty.tsx';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Page } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { type Column, DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { requestMarks } from '../desk/state-marks.ts';
import { decidedText, proposedText } from '../people.words.ts';
import { HandedOut } from '../person/HandedOut.tsx';
import { RejectDialog } from '../RejectDialog.tsx';
import { requestedActs } from './request.words.ts';

type Request = RouteOutput<typeof list>['rows'][number];

/** Requests for accounts that one person alone must not come by: those that wait, and what became of the last. */
export default function AccountRequests() {
  const read = useRead(list, {}, { refetchInterval: 60_000 });
  const [rejecting, setRejecting] = useState<Request | null>(null);
  const [handed, setHanded] = useState<{ person: string; link: string; expiresAt: string | null } | null>(null);
  const columns: ReadonlyArray<Column<Request>> = [
    {
      key: 'person',
      title: '人员',
      fact: 1,
      cell: (row) => (
        <Link to="/people/$personId" params={{ personId: row.personId }}>
          {row.personName}（{row.username}）
        </Link>
      ),
    },
    { key: 'act', title: '事项', fact: 2, cell: (row) => requestedActs[row.act].title },
    { key: 'state', title: '状态', cell: (row) => <StateMark state={requestMarks[row.state]} /> },
    { key: 'proposed', title: '提出', cell: proposedText },
    {
      key: 'decided',
      title: '办结',
      fact: 3,
      cell: (row) =>
        row.state === 'waiting' ? (
          <Acts request={row} onReject={setRejecting} onHanded={setHanded} />
        ) : (
          [decidedText(row), row.reason].filter(Boolean).join('，')
        ),
    },
  ];
  return (
    <Page
      title="账户申请"
      above={<Link to="/people">人员与权限</Link>}
      state="有审批、签发等权限的账户，由系统管理员提出，安全管理员确认后才能重置密码、解除动态验证码或恢复。"
    >
      <Loaded of={read} shape="table">
        {({ rows }) => (
          <DataTable
            caption="账户申请"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
            empty={<Empty title="没有账户申请">系统管理员在人员的账户页提出后，在这里等待确认。</Empty>}
          />
        )}
      </Loaded>
      {rejecting && <Reject request={rejecting} onClose={() => setRejecting(null)} />}
      {handed && (
        <HandedOut
          title="已确认，密码已重置"
          person={handed.person}
          handed={{ link: handed.link, password: null, expiresAt: handed.expiresAt }}
          onClose={() => setHanded(null)}
        />
      )}
    </Page>
  );
}

interface ActsProps {
  request: Request;
  onReject: (request: Request) => void;
  onHanded: (handed: { person: string; link: string; expiresAt: string | null }) => void;
}

function Acts({ request, onReject, onHanded }: ActsProps) {
  const person = `${request.personName}（${request.username}）`;
  const { effect, title } = requestedActs[request.act];
  const confirming = useAct(confirmRequest, {
    done: '已确认，立即生效。',
    onDone: ({ link, expiresAt }) => link !== null && onHanded({ person, link, expiresAt }),
  });
  async function askToConfirm() {
    const yes = await confirm({
      title: `确认${request.personName}的申请：${title}？`,
      text: `${effect}请先向本人核实确有此事。`,
      verb: '确认申请',
      danger: true,
    });
    if (yes) await confirming.act({ params: { requestId: request.id } });
  }
  if (!request.can.confirm && !request.can.reject) return '等待另一位管理员确认';
  return (
    <Row>
      {request.can.confirm && (
        <Button small kind="primary" busy={confirming.busy} onClick={() => void askToConfirm()}>
          确认
        </Button>
      )}
      {request.can.reject && (
        <Button small onClick={() => onReject(request)}>
          {request.can.confirm ? '否决' : '收回'}
        </Button>
      )}
    </Row>
  );
}

function Reject({ request, onClose }: { request: Request; onClose: () => void }) {
  const { act, busy, problem } = useAct(reject, { done: '申请已办结。', inline: true, onDone: onClose });
  const verb = request.can.confirm ? '否决' : '收回';
  return (
    <RejectDialog
      title={`${verb}：${request.personName}，${requestedActs[request.act].title}`}
      verb={`${verb}申请`}
      {...{ busy, problem, onClose }}
      onReject={(reason) => act({ params: { requestId: request.id }, body: { reason } })}
    />
  );
}
