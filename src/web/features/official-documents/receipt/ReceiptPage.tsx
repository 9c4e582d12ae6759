import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { draft } from '#contract/official-documents/letters.ts';
import { readReceipt, receiptPdf, receive } from '#contract/official-documents/receipts.ts';
import type { RouteOutput } from '#contract/route.ts';
import { type LetterState, letterKindTitles, letterStateTitles } from '#domain/letter/state.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { Attachments } from '#web/shared/files/Attachments.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { type Fact, Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { letterMarks } from '../desk/state-marks.ts';
import { asPrinted, LetterSheet, readLetter } from '../LetterSheet.tsx';
import { inOneLine } from '../letter.words.ts';

type Receipt = RouteOutput<typeof readReceipt>;

/** One letter that came in: it is received with one click, and answered from here. */
export default function ReceiptPage() {
  const { receiptId } = useParams({ from: '/desk/letters/received/$receiptId' });
  const loaded = useRead(readReceipt, { params: { receiptId } });
  return (
    <LoadedPage of={loaded} title="来文" above={<Link to="/letters/received">收文</Link>}>
      {(receipt) => <Shown receipt={receipt} />}
    </LoadedPage>
  );
}

function Shown({ receipt }: { receipt: Receipt }) {
  const params = { receiptId: receipt.id };
  const navigate = useNavigate();
  const receiving = useAct(receive, { done: '已签收' });
  const answering = useAct(draft, {
    done: '已建立答复的草稿',
    onDone: ({ id }) => void navigate({ to: '/letters/$letterId/edit', params: { letterId: id } }),
  });
  const letter = readLetter(asPrinted(receipt));
  return (
    <Page
      wide
      title={inOneLine(receipt.title)}
      above={<Link to="/letters/received">收文</Link>}
      source={`来文 · ${receipt.number}`}
      state={
        <Row>
          <StateMark state={letterMarks[receipt.state]} />
          <span>{receipt.number}</span>
          <span>{receipt.sender}</span>
          {!receipt.ownName && <span>由{receipt.writer}制发</span>}
        </Row>
      }
      action={
        <Row>
          <Download route={receiptPdf} input={{ params }}>
            下载 PDF
          </Download>
          <Button kind="quiet" onClick={() => print()}>
            打印
          </Button>
        </Row>
      }
    >
      <Stack>
        {receipt.withdrawnOn !== null && (
          <p>
            来文单位已于 {receipt.withdrawnOn} 撤回这份公文，请不要再据此办理：{receipt.reason}
          </p>
        )}
        {/* Before the text, so that it comes first on a phone. */}
        {(receipt.can.receive || receipt.can.answer) && (
          <div className="screen-only">
            <Row>
              {receipt.can.receive && (
                <Button kind="primary" busy={receiving.busy} onClick={() => void receiving.act({ params })}>
                  签收
                </Button>
              )}
              {receipt.can.answer && (
                <Button
                  busy={answering.busy}
                  onClick={() =>
                    void answering.act({
                      body: { kind: receipt.kind === 'rectification' ? 'report' : 'reply', replyTo: receipt.id },
                    })
                  }
                >
                  {receipt.kind === 'rectification' ? '拟整改报告' : '拟复函'}
                </Button>
              )}
            </Row>
          </div>
        )}
        <Split columns="minmax(0, 46rem) minmax(16rem, 1fr)" stacked="tablet">
          <div>{letter && <LetterSheet letter={letter} />}</div>
          <Stack>
            <Facts items={factsOf(receipt)} />
            {receipt.answers.length > 0 && (
              <Section title="本单位的答复">
                {receipt.answers.map(({ id, title, state }) => (
                  <Row key={id}>
                    <Link to="/letters/$letterId" params={{ letterId: id }}>
                      {inOneLine(title)}
                    </Link>
                    <span className="soft">{letterStateTitles[state as LetterState]}</span>
                  </Row>
                ))}
              </Section>
            )}
            <Attachments subjectType="letter-receipt" subjectId={receipt.id} title="附件和定稿文件" />
          </Stack>
        </Split>
      </Stack>
    </Page>
  );
}

function factsOf(receipt: Receipt): (Fact | false)[] {
  return [
    ['种类', letterKindTitles[receipt.kind]],
    ['来文单位', receipt.writer],
    ['署名', receipt.ownName ? receipt.sender : `${receipt.sender}（与来文单位不同，请核对）`],
    ['收文单位', receipt.addressee],
    receipt.date !== null && ['成文日期', receipt.date],
    ['印发日期', receipt.issuedOn],
    receipt.receivedAt !== null && ['签收', `${receipt.receivedBy ?? ''}，${formatDateTime(receipt.receivedAt)}`],
    receipt.withdrawnOn !== null && ['来文单位撤回', receipt.withdrawnOn],
    receipt.reason !== null && ['撤回原因', receipt.reason, 'wide'],
    ['定稿校验码', receipt.digest, 'wide'],
  ];
}
