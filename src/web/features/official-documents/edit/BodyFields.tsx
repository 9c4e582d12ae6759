import { SelectField, TextAreaField, TextField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { Stack } from '#web/shared/kit/layout/Stack.tsx';
import { asKind, blockKinds, kindOf, tableOf, textOf, type WrittenBlock } from './written-blocks.ts';

interface BodyFieldsProps {
  body: readonly WrittenBlock[];
  onChange: (body: WrittenBlock[]) => void;
  /** Puts a figure into this part of the text. */
  onInsertFigure: (at: number) => void;
}

/** The text of a letter, part by part: headings are numbered by the program. */
export function BodyFields({ body, onChange, onInsertFigure }: BodyFieldsProps) {
  const put = (at: number, block: WrittenBlock) => onChange(body.map((one, other) => (other === at ? block : one)));
  const insert = (at: number, block: WrittenBlock) => onChange([...body.slice(0, at), block, ...body.slice(at)]);
  const swap = (at: number) => {
    const [first, second] = [body[at]!, body[at + 1]!];
    onChange([...body.slice(0, at), second, first, ...body.slice(at + 2)]);
  };
  return (
    <Section title="正文" note="标题的序号由程序编排">
      <Stack>
        {body.map((block, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a letter have no other name than their place
          <Stack key={at}>
            <SelectField
              label={`第 ${at + 1} 部分`}
              value={kindOf(block)}
              options={blockKinds}
              onChange={(kind) => put(at, asKind(block, kind))}
            />
            <BlockText block={block} at={at} onChange={(next) => put(at, next)} />
            <Row>
              <Button small kind="quiet" onClick={() => insert(at + 1, { kind: 'paragraph', text: '' })}>
                在下面加一段
              </Button>
              {block.kind !== 'table' && (
                <Button small kind="quiet" onClick={() => onInsertFigure(at)}>
                  插入数据
                </Button>
              )}
              <Button small kind="quiet" disabled={at === 0} onClick={() => swap(at - 1)}>
                上移
              </Button>
              <Button small kind="quiet" disabled={at === body.length - 1} onClick={() => swap(at)}>
                下移
              </Button>
              <Button
                small
                kind="quiet"
                disabled={body.length === 1}
                onClick={() => onChange(body.filter((_, other) => other !== at))}
              >
                删去
              </Button>
            </Row>
          </Stack>
        ))}
      </Stack>
    </Section>
  );
}

function BlockText({
  block,
  at,
  onChange,
}: {
  block: WrittenBlock;
  at: number;
  onChange: (next: WrittenBlock) => void;
}) {
  if (block.kind === 'table') {
    return (
      <>
        <TextField
          label={`第 ${at + 1} 部分的表题`}
          required={false}
          value={block.caption}
          maxLength={200}
          onChange={(caption) => onChange({ ...block, caption: caption === '' ? null : caption })}
        />
        {block.from === undefined ? (
          <TextAreaField
            label={`第 ${at + 1} 部分的表格`}
            help="第一行是列标题；一行一排，格与格之间用竖线或制表符分开，可从 Excel 粘贴。"
            value={textOf(block)}
            rows={5}
            onChange={(text) => onChange(tableOf(text, block.caption ?? null))}
          />
        ) : (
          <p className="soft">这张表取自业务数据，不能手改；要改，请在“数据”处转为文字。</p>
        )}
      </>
    );
  }
  return (
    <TextAreaField
      label={`第 ${at + 1} 部分的文字`}
      value={block.text}
      rows={block.kind === 'heading' ? 1 : 4}
      maxLength={20_000}
      onChange={(text) => onChange({ ...block, text })}
    />
  );
}
