import { type Actor, holds } from '#domain/access/actor.ts';
import type { Flow, Transition } from '#domain/flow/flow.ts';
import { problem } from '#domain/kit/problem.ts';

export type NoteState = 'draft' | 'submitted' | 'approved';
export type NoteAct = 'submit' | 'return' | 'approve';
export type NoteSubject = { readonly state: NoteState; readonly placeId: number; readonly schoolId: number };

const titles = {
  draft: '草稿',
  submitted: '待审核',
  approved: '已批准',
  submit: '提交',
  return: '退回',
  approve: '批准',
};
type By = Transition<NoteState, NoteAct, NoteSubject, Actor>['by'];
const ofSchool: By = (note, actor) => actor.schoolId === note.schoolId && holds(actor, 'filing.fill');
const ofCounty: By = (note, actor) => actor.unitId === note.placeId && holds(actor, 'filing.approve');

export const noteFlow: Flow<NoteState, NoteAct, NoteSubject, Actor> = {
  actions: ['submit', 'return', 'approve'],
  transitions: [
    { from: 'draft', action: 'submit', to: 'submitted', by: ofSchool },
    { from: 'submitted', action: 'return', to: 'draft', by: ofCounty },
    { from: 'submitted', action: 'approve', to: 'approved', by: ofCounty },
  ],
  refuse(act, { state }, _actor, reason) {
    const whose = act === 'submit' ? '本校' : '县级督导室主任';
    if (reason === 'actor') return problem('flow.notYours', { what: '条说明', action: titles[act], whose });
    return problem('flow.notInState', { what: '条说明', action: titles[act], state: titles[state] });
  },
};
