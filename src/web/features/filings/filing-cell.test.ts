import { describe, expect, it } from 'vitest';
import {
  type CellFiling,
  cellView,
  explanationOf,
  type Field,
  type Finding,
  findingsOf,
  marksOf,
  mayExplain,
  mayType,
} from './filing-cell.ts';
import { copyable, partsOf, problemsOf } from './fill/filing-form.ts';

const books: Field = {
  key: '图书册数',
  label: '图书册数',
  section: 'school',
  group: '设备',
  type: 'integer',
  unit: '册',
  precision: 0,
  minimum: 0,
  maximum: 5_000_000,
  required: true,
  carriesOver: true,
  help: '',
  source: null,
};
const pupils: Field = {
  ...books,
  key: '小学在校生数',
  label: '在校生数',
  section: 'primary',
  group: '基本情况',
  carriesOver: false,
};
const total: Field = { ...books, key: '小学高于规定学历教师数', section: 'primary', group: '教师', derived: '1' };
const junior: Field = { ...pupils, key: '初中在校生数', section: 'junior' };

const doubt: Finding = {
  code: 'change',
  weight: 'soft',
  fields: ['图书册数'],
  sentence: '变动超过 30%。',
  explanation: null,
};

function filing(part: Partial<CellFiling> = {}): CellFiling {
  return {
    id: 'f1',
    school: { sections: ['school', 'primary'] },
    cells: { 图书册数: { v: 1200, n: 2 } },
    derived: { 小学高于规定学历教师数: 7 },
    reference: { 图书册数: 1000, 小学在校生数: 300 },
    findings: [],
    openFields: null,
    editable: true,
    comments: {},
    ...part,
  };
}

describe('a cell on the screen', () => {
  it('shows value and last year, a dash for nothing, and never a zero for it', () => {
    expect(cellView(filing(), books, undefined, undefined)).toMatchObject({
      text: '1,200',
      raw: '1200',
      faint: '1,000',
    });
    expect(cellView(filing(), pupils, undefined, undefined)).toMatchObject({ text: '—', raw: '', missing: true });
  });

  it('is closed where it is computed, of another kind of school, or locked after a return of other fields', () => {
    expect(cellView(filing(), total, undefined, undefined)).toMatchObject({
      text: '7',
      editable: false,
      kind: 'computed',
    });
    expect(cellView(filing(), junior, undefined, undefined)).toMatchObject({ editable: false, kind: 'absent' });
    const returned = filing({ openFields: ['图书册数'] });
    expect(mayType(returned, books)).toBe(true);
    expect(mayType(returned, pupils)).toBe(false);
    expect(marksOf(returned, books, undefined, false)).toEqual(['returned']);
    expect(marksOf(returned, pupils, undefined, false)).toEqual(['locked']);
    expect(mayType(filing({ editable: false }), books)).toBe(false);
  });

  it('marks what waits, what the server has, what is doubtful and what is explained', () => {
    const draft = { value: 1300, version: 2, sequence: 1, at: 1 };
    expect(marksOf(filing(), books, draft, false)).toEqual(['waiting']);
    expect(marksOf(filing(), books, undefined, true)).toEqual(['saved']);
    expect(marksOf(filing({ findings: [doubt] }), books, undefined, false)).toEqual(['doubt']);
    const said = { explanation: '新建图书馆', version: 2, sequence: 1, at: 1 };
    expect(marksOf(filing({ findings: [doubt] }), books, said, false)).toEqual(['waiting', 'explained']);
    const unsaid = { ...said, explanation: null };
    const answered = { ...doubt, explanation: '新建图书馆' };
    expect(marksOf(filing({ findings: [answered] }), books, undefined, false)).toEqual(['explained']);
    expect(marksOf(filing({ findings: [answered] }), books, unsaid, false)).toEqual(['doubt', 'waiting']);
    expect(marksOf(filing(), books, { ...draft, refused: '已锁定。' }, false)).toEqual(['refused']);
  });

  it('is doubtful while one of its doubts has no answer, whatever was written about another', () => {
    const cells = { 图书册数: { v: 1200, n: 2, e: '新建图书馆' } };
    const findings = [
      { ...doubt, explanation: '新建图书馆' },
      { ...doubt, code: 'implausible' },
    ];
    expect(marksOf(filing({ cells, findings }), books, undefined, false)).toEqual(['doubt']);
  });

  it('loses its explanation with the value that it is about', () => {
    const cells = { 图书册数: { v: 1200, n: 2, e: '新建图书馆' } };
    const draft = { version: 2, sequence: 1, at: 1 };
    expect(explanationOf({ cells }, '图书册数', { ...draft, value: 1200 })).toBe('新建图书馆');
    expect(explanationOf({ cells }, '图书册数', { ...draft, value: 1300 })).toBe('');
    expect(explanationOf({ cells }, '图书册数', { ...draft, value: 1300, explanation: '属实' })).toBe('属实');
  });

  it('takes an explanation where it is locked: a correction elsewhere may have raised the doubt', () => {
    const returned = filing({ openFields: ['小学在校生数'], findings: [doubt] });
    expect(mayType(returned, books)).toBe(false);
    expect(mayExplain(returned, books)).toBe(true);
    expect(mayExplain(returned, total)).toBe(false);
    expect(mayExplain(filing({ editable: false }), books)).toBe(false);
  });

  it('reports at once that a text is not a number, and drops a finding of the earlier value', () => {
    const wrong = { value: '很多', version: 2, sequence: 1, at: 1 };
    expect(findingsOf(filing(), books, wrong).map((finding) => finding.code)).toEqual(['type']);
    const fault: Finding = { ...doubt, code: 'maximum', weight: 'hard' };
    const right = { value: 5, version: 2, sequence: 1, at: 1 };
    expect(findingsOf(filing({ findings: [fault] }), books, right)).toEqual([]);
  });
});

describe('the form', () => {
  const fields = [pupils, total, books];
  const edition = {
    groups: ['基本情况', '教师', '设备'],
    sections: [
      { key: 'school', name: '全校', schoolTypes: [] },
      { key: 'primary', name: '小学', schoolTypes: ['211'] },
    ],
  };

  it('counts per part what is filled, computed fields left out', () => {
    const parts = partsOf(edition, fields, filing(), { 小学在校生数: { value: 310, version: 0, sequence: 1, at: 1 } });
    expect(parts.map(({ group, filled, required }) => [group, filled, required])).toEqual([
      ['基本情况', 1, 1],
      ['教师', 0, 0],
      ['设备', 1, 1],
    ]);
  });

  it('lists what is missing and open, and takes an explanation that is being written', () => {
    const before = problemsOf(fields, filing({ findings: [doubt] }), undefined);
    expect(before.missing.map((field) => field.key)).toEqual(['小学在校生数']);
    expect(before.open).toHaveLength(1);
    const after = problemsOf(fields, filing({ findings: [doubt] }), {
      图书册数: { explanation: '新建图书馆', version: 2, sequence: 1, at: 1 },
    });
    expect(after.open).toHaveLength(0);
    expect(after.explained).toHaveLength(1);
  });

  it('copies last year only into empty fields that change little', () => {
    expect(copyable(fields, filing(), undefined)).toEqual([]);
    expect(copyable(fields, filing({ cells: {} }), undefined)).toEqual([books]);
    expect(copyable(fields, filing({ cells: {}, reference: {} }), undefined)).toEqual([]);
  });
});
