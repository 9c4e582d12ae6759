import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { type letterContent, preview, read, save } from '#contract/official-documents/letters.ts';
import { series } from '#contract/official-documents/series.ts';
import type { RouteOutput } from '#contract/route.ts';
import { figuresOf, figureToken } from '#domain/letter/figure.ts';
import { formOf } from '#domain/letter/state.ts';
import { useDeskContext } from '#web/shared/address/context.tsx';
import { refreshAfter, useAct, useRead } from '#web/shared/call/queries.ts';
import { changedSince } from '#web/shared/drafts/changed-since.ts';
import { LeftWriting } from '#web/shared/drafts/writing/LeftWriting.tsx';
import { useWriting } from '#web/shared/drafts/writing/useWriting.ts';
import { CheckField, SelectField, TextAreaField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Download } from '#web/shared/kit/action/Download.tsx';
import { LoadedPage } from '#web/shared/kit/feedback/LoadedPage.tsx';
import { ActBar } from '#web/shared/kit/layout/ActBar.tsx';
import { Page, Section } from '#web/shared/kit/layout/Page.tsx';
import { Pair } from '#web/shared/kit/layout/Pair.tsx';
import { Split } from '#web/shared/kit/layout/Split.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import { useWide } from '#web/shared/page/useNarrow.ts';
import { LetterSheet, readLetter } from '../LetterSheet.tsx';
import { changedParts } from '../letter/FigureSources.tsx';
import { inOneLine, kindChoices } from '../letter.words.ts';
import { NoSeries } from '../series/NoSeries.tsx';
import { BodyFields } from './BodyFields.tsx';
import { FigureFields, InsertFigure } from './FigureFields.tsx';
import style from './LetterEditor.module.css';
import { OtherLetter } from './OtherLetter.tsx';
import { PdfPane } from './PdfPane.tsx';
import { type Recipient, Recipients } from './Recipients.tsx';

type Content = z.input<typeof letterContent>;
type Letter = RouteOutput<typeof read>;

/** The text of a letter, with the letter as it reads on paper beside it. */
export default function LetterEditor() {
  const { letterId } = useParams({ from: '/desk/letters/$letterId/edit' });
  const loaded = useRead(read, { params: { letterId } });
  return (
    <LoadedPage of={loaded} title="修改公文" above={<Link to="/letters">发文</Link>}>
      {(letter) =>
        letter.content === null || !letter.can.edit ? (
          <Page title="修改公文" above={<Link to="/letters">发文</Link>}>
            <p>
              这份公文现在不能修改。
              <Link to="/letters/$letterId" params={{ letterId }}>
                查看公文
              </Link>
            </p>
          </Page>
        ) : (
          <Editor key={letterId} letter={letter} written={letter.content} />
        )
      }
    </LoadedPage>
  );
}

const lines = (text: string) => text.split('\n');

function Editor({ letter, written }: { letter: Letter; written: Content }) {
  const { today } = useDeskContext();
  const navigate = useNavigate();
  const [content, setContent] = useState<Content>(written);
  const [recipients, setRecipients] = useState<Recipient[]>(letter.addressed);
  const [changed, setChanged] = useState(false);
  /** The sheet of the press stands in place of the picture, where it has room. */
  const isWide = useWide();
  const [wantsPdf, setWantsPdf] = useState(false);
  /** The part of the text into which a figure is put. */
  const [inserting, setInserting] = useState<number | null>(null);
  const set = (patch: Partial<Content>) => {
    setContent({ ...content, ...patch });
    setChanged(true);
  };
  const known = useRead(series, {});
  // Where somebody saved meanwhile, the bar offers the choice between the two texts.
  const saving = useAct(save, { done: '已保存', inline: ({ code }) => code === 'letter.changed' });
  /** The revision on which the text rests. */
  const [base, setBase] = useState(letter.revision);
  const isBehind = letter.revision > base && !saving.busy;
  /** The letter as the server has it now, in place of what is written here. */
  function adopt() {
    saving.reset();
    setBase(letter.revision);
    setContent(written);
    setRecipients(letter.addressed);
    setChanged(false);
  }
  const adopting = useRef(adopt);
  adopting.current = adopt;
  useEffect(() => {
    if (isBehind && !changed) adopting.current();
  }, [isBehind, changed]);
  const onScreen = useRef({ content, recipients });
  onScreen.current = { content, recipients };
  useLeaveGuard(
    changed
      ? { title: '改动还没有保存', text: '公文有改动还没有保存。离开后留在本机，回来可以接着写。', verb: '仍然离开' }
      : null,
    { stays: true },
  );
  const left = useWriting({
    ...{ kind: 'letter', subjectId: letter.id, title: `公文“${inOneLine(content.title)}”`, changed },
    ...{ revision: base, value: { content, recipients } },
  });
  const fitting = (known.data?.rows ?? []).filter(
    ({ id, kind, active }) => (active && (kind === null || kind === content.kind)) || id === content.seriesId,
  );
  const chosen = known.data?.rows.find(({ id }) => id === content.seriesId);
  const params = { letterId: letter.id };
  // The picture follows the typing, and never holds it up.
  const shown = useDeferredValue(content);
  const sheet = readLetter({
    ...shown,
    ...{ addressees: filled(shown.addressees), attachments: filled(shown.attachments), copyTo: filled(shown.copyTo) },
    body: shown.body.map((block) =>
      block.kind !== 'table' && block.text.trim() === '' ? { ...block, text: '……' } : block,
    ),
    form: formOf(shown.kind),
    head: chosen?.head ?? letter.head,
    number: { code: chosen?.code ?? '（未定）', year: Number(today.slice(0, 4)), ordinal: null },
    signer: chosen?.signer ?? letter.signer,
    ...(letter.jointSigner === null ? {} : { jointSigner: letter.jointSigner }),
    printedBy: chosen?.printedBy ?? letter.printedBy,
  });
  const figures = content.figures ?? [];
  // The parts move while the text is written; what changed of a figure is known as of the last reading.
  const stale = changedParts(
    letter.figures.map((one) => ({
      ...one,
      parts: shown.body.flatMap((block, at) => (figuresOf(block).includes(one.key) ? [at] : [])),
    })),
  );
  const cleaned = {
    ...content,
    ...{
      addressees: filled(content.addressees),
      attachments: filled(content.attachments),
      copyTo: filled(content.copyTo),
    },
  };

  async function store() {
    const refs = recipients.map(({ unitId, schoolId }) => ({ unitId, schoolId }));
    const sent = onScreen.current;
    const saved = await saving.act({ params, body: { ...cleaned, recipients: refs, revision: base } });
    // Where somebody saved meanwhile, the letter is read anew, and the person chooses between the two texts.
    if (saved === undefined) return void refreshAfter(save);
    setBase(saved.revision);
    // What was typed while it was on its way is not saved yet.
    const { content: now, recipients: who } = onScreen.current;
    if (now === sent.content && who === sent.recipients) setChanged(false);
  }

  return (
    <Page
      wide
      title={`修改：${inOneLine(letter.title)}`}
      above={
        <Link to="/letters/$letterId" params={params}>
          返回公文
        </Link>
      }
      state={letter.state === 'draft' ? '草稿' : '保存后回到草拟，须重新送审、审核和签发'}
      action={
        <Download route={preview} input={{ body: { ...cleaned, jointSigner: letter.jointSigner } }}>
          预览 PDF
        </Download>
      }
    >
      <LeftWriting
        left={left}
        onTake={({ value, revision }) => {
          set(value.content);
          setRecipients(value.recipients);
          setBase(revision);
        }}
      />
      <Split columns="minmax(0, 1fr) minmax(0, 1fr)" stacked="tablet">
        <Stack>
          <Section title="文头">
            <Stack>
              <Pair>
                <SelectField
                  label="种类"
                  value={content.kind}
                  options={kindChoices}
                  onChange={(kind) => set({ kind, seriesId: null })}
                />
                <SelectField
                  label="机关代字"
                  value={content.seriesId}
                  options={fitting.map(({ id, code }) => ({ value: id, label: code }))}
                  placeholder={fitting.length === 0 ? '还没有设立' : '请选择'}
                  onChange={(seriesId) => set({ seriesId })}
                />
              </Pair>
              {content.seriesId === null && <NoSeries />}
              <TextAreaField
                label="标题"
                value={content.title}
                rows={2}
                maxLength={120}
                help="换行处即印出的回行处；不换行的由程序按梯形或菱形排列。"
                onChange={(title) => set({ title })}
              />
              <TextAreaField
                label="主送机关"
                required={false}
                value={content.addressees.join('\n')}
                rows={2}
                help="一行一个"
                onChange={(text) => set({ addressees: lines(text) })}
              />
            </Stack>
          </Section>
          <BodyFields body={content.body} onChange={(body) => set({ body })} onInsertFigure={setInserting} />
          <FigureFields body={content.body} figures={figures} onChange={set} />
          <Section title="文尾">
            <Stack>
              <TextAreaField
                label="附件说明"
                required={false}
                value={content.attachments.join('\n')}
                rows={2}
                help="一行一个名称，序号由程序编排；文件在公文页上附上"
                onChange={(text) => set({ attachments: lines(text) })}
              />
              <TextAreaField
                label="抄送机关"
                required={false}
                value={content.copyTo.join('\n')}
                rows={2}
                help="一行一个"
                onChange={(text) => set({ copyTo: lines(text) })}
              />
              <CheckField
                label="加盖印章（署名处留出印章位置）"
                value={content.sealed}
                onChange={(sealed) => set({ sealed })}
              />
              <CheckField
                label="限制阅读：仅拟写、修改、经办过的人和有签发权的人；签发后有印发权的人也可读"
                value={content.restricted}
                onChange={(restricted) => set({ restricted })}
              />
            </Stack>
          </Section>
          <Recipients
            recipients={recipients}
            onChange={(next) => {
              setRecipients(next);
              setChanged(true);
            }}
          />
        </Stack>
        <div className={style.beside}>
          {isWide && (
            <PdfPane
              letterId={letter.id}
              revision={letter.revision}
              changed={changed}
              open={wantsPdf}
              onOpen={setWantsPdf}
            />
          )}
          {!(isWide && wantsPdf) &&
            (sheet ? (
              <LetterSheet letter={sheet} draft changed={stale} />
            ) : (
              <p className="soft">写好标题和正文后在这里显示。</p>
            ))}
        </div>
      </Split>
      {isBehind && changed ? (
        <ActBar>
          <OtherLetter
            letterId={letter.id}
            said={changedSince('这份公文', saving.problem)}
            onMine={() => setBase(letter.revision)}
            onTheirs={adopt}
          />
        </ActBar>
      ) : (
        <ActBar note={changed ? unsavedNote(letter) : '没有要保存的改动'}>
          <Button kind="primary" busy={saving.busy} disabled={!changed} onClick={() => void store()}>
            保存
          </Button>
          <Button disabled={changed} onClick={() => void navigate({ to: '/letters/$letterId', params })}>
            去送审
          </Button>
        </ActBar>
      )}
      {inserting !== null && (
        <InsertFigure
          nextKey={Math.max(0, ...figures.map(({ key }) => key)) + 1}
          onClose={() => setInserting(null)}
          onInsert={(figure) => {
            const body = content.body.map((block, at) =>
              at === inserting && block.kind !== 'table'
                ? { ...block, text: `${block.text}${figureToken(figure.key)}` }
                : block,
            );
            set({ body, figures: [...figures, figure] });
            setInserting(null);
          }}
        />
      )}
    </Page>
  );
}

/** Whoever changes a text is one of its writers and judges it no more, which is said before it is saved. */
function unsavedNote({ lostByChange }: Letter): string {
  const lost = lostByChange.join('、');
  return lost === ''
    ? '有改动还没有保存；保存后才能去送审'
    : `有改动还没有保存；保存后您不能${lost}这份公文，须由他人办理`;
}

const filled = (names: readonly string[]) => names.map((name) => name.trim()).filter((name) => name !== '');
