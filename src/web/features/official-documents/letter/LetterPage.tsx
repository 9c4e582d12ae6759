import { Link, useParams } from '@tanstack/react-router';
import { pdf, read, word } from '#contract/official-documents/letters.ts';
import type { RouteOutput } from '#contract/route.ts';
import { letterKindTitles } from '#domain/letter/state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Attachments } from '#web/shared/files/Attachments.tsx';
import { Button, ButtonLink } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { Band } from '#web/shared/kit/feedback/Band.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { type Fact, Facts, Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { StepHistory } from '#web/shared/kit/layout/StepHistory.tsx';
import { DataTable } from '#web/shared/kit/table/DataTable.tsx';
import { Missing } from '#web/shared/kit/words/Missing.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { letterMarks } from '../desk/state-marks.ts';
import { asPrinted, LetterSheet, readLetter } from '../LetterSheet.tsx';
import { inOneLine } from '../letter.words.ts';
import { NoSeries } from '../series/NoSeries.tsx';
import { changedParts, FigureSources } from './FigureSources.tsx';
import { LetterActs } from './LetterActs.tsx';

type Letter = RouteOutput<typeof read>;

/** One letter: where it stands and the next act first, then its text, its addressees, its files and what happened. */
export default function LetterPage() {
  const { letterId } = useParams({ from: '/desk/letters/$letterId' });
  const loaded = useRead(read, { params: { letterId } });
  return (
    <LoadedPage of={loaded} title="公文" above={<Link to="/letters">发文</Link>}>
      {(letter) => <Shown letter={letter} />}
    </LoadedPage>
  );
}

function Shown({ letter }: { letter: Letter }) {
  const { content, number } = letter;
  const params = { letterId: letter.id };
  const shown = content && readLetter(asPrinted({ ...letter, content }));
  return (
    <Page
      wide
      title={inOneLine(letter.title)}
      above={<Link to="/letters">发文</Link>}
      source={`公文 · ${number ?? '草稿'}`}
      state={
        <Row>
          <StateMark state={letterMarks[letter.state]} />
          <span>{number ?? letterKindTitles[letter.kind]}</span>
          {number !== null && letter.recipients > 0 && (
            <span>
              已签收 {letter.received} / {letter.recipients}
            </span>
          )}
        </Row>
      }
      action={
        content !== null && (
          <Row>
            {letter.can.edit && (
              <ButtonLink to="/letters/$letterId/edit" params={params}>
                修改
              </ButtonLink>
            )}
            <Download route={pdf} input={{ params }}>
              {number === null ? '草稿 PDF' : '下载 PDF'}
            </Download>
            <Download route={word} input={{ params }}>
              下载 Word
            </Download>
            <Button kind="quiet" onClick={() => print()}>
              打印
            </Button>
          </Row>
        )
      }
    >
      <Stack>
        {/* Before the text, so that it comes first on a phone. */}
        <LetterActs letter={letter} />
        {letter.withdrawnOn !== null && (
          <p>
            {letter.onPaper ? '这条登记' : '这份公文'}已于 {letter.withdrawnOn} {letter.onPaper ? '作废' : '撤回'}：
            {letter.reason}
          </p>
        )}
        {letter.can.submit && content?.seriesId === null && <NoSeries />}
        {letter.cosigner?.obstacle && (
          <Band tone="look" label="等会签">
            {letter.cosigner.obstacle}
          </Band>
        )}
        {letter.signingObstacle && <p className="soft">{letter.signingObstacle}</p>}
        {letter.can.submit && letter.lostByChange.length > 0 && (
          <p className="soft">
            {`您送审以后，不能再${letter.lostByChange.join('、')}这份公文；须由您${letter.lostByChange.join('、')}的，请由另一人送审。`}
          </p>
        )}
        <Split columns="minmax(0, 46rem) minmax(16rem, 1fr)" stacked="tablet">
          <div>
            {shown ? (
              <LetterSheet letter={shown} draft={number === null} changed={changedParts(letter.figures)} />
            ) : (
              <p className="soft">这份公文是纸质印发的，平台只登记了字号、标题和日期。</p>
            )}
          </div>
          <Stack>
            <Facts items={factsOf(letter)} />
            <Attachments subjectType="letter" subjectId={letter.id} title="附件和定稿文件" />
            <StepHistory steps={letter.steps} />
          </Stack>
        </Split>
      </Stack>
      <FigureSources letter={letter} />
      <Addressed letter={letter} />
    </Page>
  );
}

/** The person; a letter that another feature wanted says from where. */
function draftedBy({ draftedBy: name, sourceLabel }: Letter): string {
  // Letters that were wanted before the person was kept name the program.
  const person = /^系统（由(.+)触发）$/.exec(name)?.[1] ?? name;
  return sourceLabel === '' ? person : `${person}（由${sourceLabel}转来）`;
}

function cosignText({ unitName, signedBy, signedAt, dropped }: NonNullable<Letter['cosigner']>): string {
  if (dropped !== null) return `${unitName}：已免去，${dropped}`;
  if (signedBy === null || signedAt === null) return `${unitName}：还没有会签`;
  return `${unitName}：${signedBy} ${formatDateTime(signedAt)}`;
}

function factsOf(letter: Letter): (Fact | false)[] {
  const { fonts, prints, replyTo } = letter;
  return [
    ['种类', letterKindTitles[letter.kind]],
    ['发文单位', letter.placeName],
    ['拟稿人', draftedBy(letter)],
    letter.handledBy !== undefined && ['经办人', letter.handledBy],
    letter.sourceLabel !== '' && ['来源', letter.sourceLabel],
    letter.cosigner !== null && ['会签', cosignText(letter.cosigner), 'wide'],
    replyTo !== null && [
      '答复',
      replyTo.receiptId === null ? (
        `${replyTo.number} ${replyTo.title}`
      ) : (
        <Link key="reply" to="/letters/received/$receiptId" params={{ receiptId: replyTo.receiptId }}>
          {replyTo.number} {replyTo.title}
        </Link>
      ),
    ],
    letter.date !== null && ['成文日期', letter.date],
    letter.issuedOn !== null && ['印发日期', letter.issuedOn],
    letter.withdrawnOn !== null && ['撤回', letter.withdrawnOn],
    letter.reason !== null && ['原因', letter.reason, 'wide'],
    letter.restricted && ['阅读范围', '仅拟写、修改、经办过的人和有签发权的人；签发后有印发权的人也可读'],
    letter.onPaper && ['登记', '纸质公文补登'],
    letter.digest !== null && ['定稿校验码', letter.digest, 'wide'],
    ...prints.map(({ format, digest }): Fact => [format === 'pdf' ? 'PDF 校验码' : 'Word 校验码', digest, 'wide']),
    fonts.length > 0 && [
      '代用字体',
      `PDF 中${fonts.map(({ wanted, used }) => `“${wanted}”以“${used}”代替`).join('，')}；单位的字体放在 FONTS_DIR 文件夹`,
      'wide',
    ],
    ...letter.ties.map(({ title }): Fact => ['所涉事项', title, 'wide']),
  ];
}

/** As many addressees are named before a letter is issued. */
const mostNamed = 60;

function Addressed({ letter: { addressed, number } }: { letter: Letter }) {
  if (addressed.length === 0) return null;
  if (number === null) {
    const names = addressed.slice(0, mostNamed).map(({ name }) => name);
    return (
      <Section title="收文单位" note="印发时在平台上送达并签收的单位；主送、抄送的文字见公文">
        <p>
          {names.join('、')}
          {addressed.length > 1 && `${addressed.length > mostNamed ? '等' : '，共'} ${addressed.length} 个`}
        </p>
      </Section>
    );
  }
  return (
    <Section title="收文单位" note="在平台上送达和签收的单位；主送、抄送的文字见公文">
      <DataTable
        caption="收文单位"
        rows={addressed}
        rowKey={({ unitId, schoolId }) => `${unitId}:${schoolId ?? ''}`}
        columns={[
          { key: 'name', title: '单位', fact: 1, value: (row) => row.name, cell: (row) => row.name },
          {
            key: 'state',
            title: '签收',
            fact: 2,
            value: (row) => (row.receivedAt === null ? '待签收' : '已签收'),
            cell: ({ receivedAt }) => <StateMark state={letterMarks[receivedAt === null ? 'waiting' : 'received']} />,
          },
          {
            key: 'by',
            title: '签收人',
            fact: 3,
            value: (row) => row.receivedBy,
            cell: ({ receivedBy }) => receivedBy ?? <Missing reason="还没有签收" />,
          },
          {
            key: 'at',
            title: '时间',
            value: (row) => row.receivedAt,
            cell: ({ receivedAt }) =>
              receivedAt === null ? <Missing reason="还没有签收" /> : formatDateTime(receivedAt),
          },
        ]}
      />
    </Section>
  );
}
