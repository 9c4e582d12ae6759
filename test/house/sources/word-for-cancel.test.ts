import ts from 'typescript';
import { expect, it } from 'vitest';
import { nodesOf, placeOf, productFiles, treeOf } from '#test/support/sources.ts';

/** What a button does that leaves a dialog or a form without doing anything. */
const leaving = /^(on)?(close|cancel|stay|turnBack|leave|giveUp)$/i;
/** Words for nothing happened, of which one is enough, and the word that leads to the page before. */
const otherWords = /^(返回|算了|不.*了|先不.*)$/;
/** Words of buttons that close something and do mean what they say. */
const done: Readonly<Record<string, string>> = {
  以后再说: 'the second factor may be bound later; what was asked stays asked',
  已经保存好: 'what is shown once was kept',
  已经交给本人: 'what is shown once was handed over',
  退出登录: 'leaves the desk',
  放弃并关闭: 'what was typed is lost, and the button says so',
};

interface ButtonOf {
  readonly place: string;
  readonly name: string;
  readonly text: string;
  readonly onClick: string | undefined;
}

function buttonsIn(file: string, text?: string): ButtonOf[] {
  return nodesOf(treeOf(file, text), ts.isJsxElement).flatMap((element) => {
    const { tagName, attributes } = element.openingElement;
    const name = tagName.getText();
    if (!/^(Button|ButtonLink|Link|button)$/.test(name)) return [];
    const click = attributes.properties.find(
      (property) => ts.isJsxAttribute(property) && property.name.getText() === 'onClick',
    );
    const given = click !== undefined && ts.isJsxAttribute(click) ? click.initializer?.getText() : undefined;
    const shown = element.children.map((child) => child.getText().trim()).join('');
    return [{ place: placeOf(element), name, text: shown, onClick: given?.replace(/^\{|\}$/g, '') }];
  });
}

const buttons = productFiles('src/web/', /\.tsx$/).flatMap((file) => buttonsIn(file));

it('a button that leaves a dialog or a form undone says 取消', () => {
  expect(buttons.length).toBeGreaterThan(100);
  const leave = buttons.filter(
    ({ name, onClick, text }) =>
      name === 'Button' && leaving.test(onClick ?? '') && /^[\u4e00-\u9fff]+$/.test(text) && !(text in done),
  );
  expect(leave.length).toBeGreaterThan(5);
  expect(leave.filter(({ text }) => text !== '取消').map(({ place, text }) => `${place} ${text}`)).toEqual([]);
});

it('no button has another word for it; 返回 leads to the page before, with its name', () => {
  const wrong = buttons.filter(({ text }) => otherWords.test(text));
  expect(wrong.map(({ place, text }) => `${place} ${text}`)).toEqual([]);
});

it('the scan sees what it looks for', () => {
  const text = '<Dialog actions={<><Button onClick={onClose}>返回</Button><Button kind="danger">撤销</Button></>} />';
  const seen = buttonsIn('src/web/example.tsx', `export const page = () => ${text};`);
  expect(seen.map(({ text: word, onClick }) => [word, onClick])).toEqual([
    ['返回', 'onClose'],
    ['撤销', undefined],
  ]);
});

it('no form gives a second 取消: a form in a dialog has one by itself', () => {
  const beside = productFiles('src/web/', /\.tsx$/).flatMap((file) =>
    nodesOf(treeOf(file), ts.isJsxAttribute).filter(
      (attribute) => attribute.name.getText() === 'more' && attribute.initializer?.getText().includes('取消'),
    ),
  );
  expect(beside.map(placeOf)).toEqual([]);
});
