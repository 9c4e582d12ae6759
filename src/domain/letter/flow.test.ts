import { describe, expect, it } from 'vitest';
import type { Actor } from '#domain/access/actor.ts';
import { initialRolePermissions, type RoleKey } from '#domain/access/permissions.ts';
import { signingRefusal } from '#domain/access/signing.ts';
import {
  handRefusal,
  type LetterAction,
  letterActions,
  letterSigning,
  nextLetterState,
  permittedLetterActs,
  type SeriesHelpers,
} from './flow.ts';
import { type LetterState, letterStates } from './state.ts';

const actor = (role: RoleKey, unitId: number, userId: string = role): Actor => ({
  ...{ userId, username: userId, name: userId, role, unitId, permissions: new Set(initialRolePermissions[role]) },
  ...{ level: role.startsWith('county') ? 'county' : role.startsWith('school') ? 'school' : 'city' },
  ...{ post: null, principal: null, schoolId: null, sectionId: null, tokenId: null },
});
const letter = (state: LetterState, more: object = {}) => ({
  state,
  placeId: 2,
  hasSeries: true,
  onPaper: false,
  cosigner: null,
  ...more,
});
const may = (state: LetterState, who: Actor): LetterAction[] => {
  const can = permittedLetterActs(letter(state), who);
  return letterActions.filter((act) => can[act]);
};

describe('the way of a letter', () => {
  it('leads from the draft over check and signature to the number, and a change leads back', () => {
    const officer = actor('city-officer', 2);
    const to = (state: LetterState, act: LetterAction) => {
      const next = nextLetterState(act, letter(state), officer);
      return next.ok ? next.to : next.problem.code;
    };
    expect((['submit', 'check', 'sign', 'issue'] as const).map((act, at) => to(letterStates[at]!, act))).toEqual([
      ...['submitted', 'checked', 'signed', 'issued'],
    ]);
    for (const state of ['draft', 'submitted', 'checked', 'signed'] as const) expect(to(state, 'edit')).toBe('draft');
    expect(to('issued', 'edit')).toBe('flow.notInState');
    expect(to('draft', 'issue')).toBe('flow.notInState');
    expect(to('issued', 'withdraw')).toBe('withdrawn');
    // The row of one on paper is voided by whoever keeps the numbers, and not by everyone who issues letters.
    const onPaper = letter('issued', { onPaper: true });
    expect(nextLetterState('withdraw', onPaper, officer)).toEqual({ ok: true, to: 'withdrawn' });
    expect(nextLetterState('withdraw', letter('issued'), actor('section-officer', 2)).ok).toBe(true);
    expect(nextLetterState('withdraw', onPaper, actor('section-officer', 2))).toMatchObject({
      problem: { code: 'flow.notYours' },
    });
    // Whoever may open a series is named where that was asked, and never made up.
    const without = (helpers?: SeriesHelpers) =>
      nextLetterState('submit', letter('draft', { hasSeries: false, helpers }), officer);
    expect(without()).toMatchObject({
      problem: { code: 'letter.noSeries', message: '这份公文还没有选定机关代字，不能送审；请在修改页选定。' },
    });
    expect(without({ managedBy: ['主任'], own: false })).toMatchObject({
      problem: { message: expect.stringContaining('请由本单位的主任在“公文 › 机关代字”页设立') },
    });
  });

  it('belongs to the unit that writes it, by the rights of the post', () => {
    expect(may('submitted', actor('section-officer', 2))).toEqual(['edit', 'check', 'return', 'cancel']);
    expect(may('checked', actor('section-officer', 2))).toEqual(['edit', 'cancel']);
    expect(may('signed', actor('city-officer', 2))).toEqual(['edit', 'issue', 'return', 'cancel']);
    // The city reads the letters of its counties, and writes none of them.
    for (const state of letterStates) {
      expect(permittedLetterActs(letter(state, { placeId: 11 }), actor('city-officer', 2))).not.toMatchObject({
        edit: true,
      });
      expect(may(state, actor('county-director', 11))).toEqual([]);
      expect(may(state, actor('school-head', 2))).toEqual([]);
    }
  });

  it('of two units waits for the hand of the partner, which its posts alone give, until it is taken out', () => {
    const cosigner = { unitId: 71, unitName: '基础教育科', standing: 'waiting' };
    const partner = { ...actor('section-officer', 2), sectionId: 71 };
    const lead = actor('city-officer', 2);
    const refused = nextLetterState('issue', letter('signed', { cosigner }), lead);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'letter.notCosigned' } });
    expect(permittedLetterActs(letter('signed', { cosigner }), partner)).toMatchObject({ cosign: true, issue: false });
    expect(permittedLetterActs(letter('signed', { cosigner }), lead)).toMatchObject({
      cosign: false,
      dropCosigner: true,
    });
    expect(permittedLetterActs(letter('submitted', { cosigner }), partner).cosign).toBe(false);
    for (const standing of ['signed', 'dropped']) {
      const done = letter('signed', { cosigner: { ...cosigner, standing } });
      expect(permittedLetterActs(done, lead)).toMatchObject({ issue: true, dropCosigner: false });
      expect(permittedLetterActs(done, partner).cosign).toBe(false);
    }
  });

  it('lets whoever checked it sign it, and neither the sender judge it nor the signer number it', () => {
    const step = (action: string, personId: string) => ({
      ...{ action, personId, personName: personId, principalId: null, principalName: null, postId: null, role: 'x' },
    });
    const refusal = (act: 'check' | 'sign' | 'issue', by: string, ...steps: ReturnType<typeof step>[]) =>
      signingRefusal(steps, actor('city-officer', 2, by), act, letterSigning(act)!)?.code ?? null;
    const [submitted, checked, signed] = [step('submit', 'a'), step('check', 'b'), step('sign', 'c')];
    expect(refusal('check', 'a', submitted)).toBe('access.sameHand');
    expect(refusal('sign', 'a', submitted, checked)).toBe('access.sameHand');
    expect(refusal('sign', 'b', submitted, checked)).toBeNull();
    expect(refusal('issue', 'b', submitted, checked, signed)).toBeNull();
    expect(refusal('issue', 'c', submitted, checked, signed)).toBe('access.sameHand');
    expect(refusal('issue', 'a', submitted, checked, signed)).toBeNull();
    // After it went back everybody may judge it again.
    expect(refusal('check', 'c', submitted, checked, signed, step('return', 'd'), submitted)).toBeNull();
  });

  it('bars whoever wrote the text from check and signature, also after it was written anew, and as a stand-in', () => {
    const step = (action: string, personId: string) => ({
      ...{ action, personId, personName: personId, principalId: null, principalName: null, postId: null, role: 'x' },
    });
    const refusal = (act: 'check' | 'sign' | 'issue', who: Actor, ...writtenBy: string[]) =>
      handRefusal(act, { writtenBy }, [step('submit', 'a'), step('edit', 'w'), step('submit', 'a')], who)?.code ?? null;
    const writer = actor('city-officer', 2, 'w');
    const other = actor('city-officer', 2, 'o');
    const standIn = { ...other, principal: { id: 'w', name: '执笔' } };
    for (const act of ['check', 'sign'] as const) {
      expect(refusal(act, writer, 'v', 'w')).toBe('letter.ownText');
      expect(refusal(act, standIn, 'v', 'w')).toBe('letter.ownText');
      expect(refusal(act, other, 'v', 'w')).toBeNull();
      // A letter that was wanted has no writer until somebody edits it.
      expect(refusal(act, writer)).toBeNull();
    }
    // Numbering judges nothing.
    expect(refusal('issue', writer, 'w')).toBeNull();
  });
});
