import { useEffect, useRef, useState } from 'react';
import { prepare, saveReport } from '#contract/balance-tracking/tracks.ts';
import { refreshAfter, useAct } from '#web/shared/call/queries.ts';
import { changedSince } from '#web/shared/drafts/changed-since.ts';
import { useWriting } from '#web/shared/drafts/writing/useWriting.ts';
import { useLeaveGuard } from '#web/shared/page/useLeaveGuard.ts';
import type { Track } from './track-reply.ts';

export interface Texts {
  readonly measures: string;
  readonly conclusion: string;
}

/** The own texts, from the first letter until the server has them. */
interface Own extends Texts {
  /** The revision of the report on which they rest. */
  readonly revision: number;
  /** What the server took of them last, with the report as the page showed it then. */
  readonly taken: { readonly texts: Texts; readonly report: Track['report'] } | null;
  /** The server refused them: nothing is sent by itself until the person decides. */
  readonly refused: boolean;
}

/** How long somebody pauses before the texts are kept. */
const pause = 1500;

const same = (one: Texts, other: Texts) => one.measures === other.measures && one.conclusion === other.conclusion;

/**
 * The texts of the self-report while somebody writes them. They are kept after a pause, travel with the report when it is
 * passed on, are asked about before the page is left, and wait on this machine where the server does not have them. A
 * refusal ends the keeping; then the person chooses.
 */
export function useReportTexts(track: Track) {
  const { report } = track;
  const kept: Texts = { measures: report?.measures ?? '', conclusion: report?.conclusion ?? '' };
  const [own, setOwn] = useState<Own | null>(null);
  const saving = useAct(saveReport);
  const preparing = useAct(prepare, { done: '已送审，数据已固定' });
  const params = { trackId: track.id };
  const busy = saving.busy || preparing.busy;
  const changed = own !== null && !same(own, own.taken?.texts ?? kept);
  const texts: Texts = own ?? kept;
  const refused = own?.refused === true && changed;

  useLeaveGuard(
    changed
      ? {
          title: '改动还没有暂存',
          text: '自评报告有改动还没有暂存。离开后留在本机，回来可以接着写。',
          verb: '仍然离开',
        }
      : null,
    { stays: true },
  );
  const left = useWriting<Texts>({
    ...{ kind: 'self-report', subjectId: track.id, title: '自评报告', changed, same },
    ...{
      revision: own?.revision ?? report?.revision ?? 0,
      value: { measures: texts.measures, conclusion: texts.conclusion },
    },
    send: () => (refused || busy ? Promise.resolve(false) : save()),
  });

  function set(patch: Partial<Texts>) {
    const begun = own ?? { ...kept, revision: report?.revision ?? 0, taken: null, refused: false };
    setOwn({ ...begun, ...patch });
  }

  /** Goes on with what was left here; the server refuses it where the report was saved since, and the person chooses. */
  function resume({ value, revision }: { readonly value: Texts; readonly revision: number }) {
    setOwn({ ...value, revision, taken: null, refused: false });
  }

  /** What was refused is read anew, so that the person decides beside what stands now. */
  function refuse() {
    setOwn((now) => now && { ...now, refused: true });
    void refreshAfter(saveReport);
  }

  /** @returns whether the server has the texts */
  async function save(sent: Own | null = own): Promise<boolean> {
    if (sent === null) return true;
    const { measures, conclusion, revision } = sent;
    const saved = await saving.act({ params, body: { measures, conclusion, revision } });
    if (saved === undefined) {
      refuse();
      return false;
    }
    const taken = { texts: { measures, conclusion }, report };
    setOwn((now) => now && { ...now, revision: saved.revision, taken, refused: false });
    return true;
  }

  /** Passes the report on as it stands on the screen. */
  async function passOn() {
    const body = { revision: track.revision };
    const { measures, conclusion, revision } = own ?? { ...kept, revision: 0 };
    const moved = await preparing.act({
      params,
      body: changed ? { ...body, texts: { measures, conclusion, revision } } : body,
    });
    if (moved !== undefined) setOwn(null);
    else if (changed) refuse();
  }

  /** Keeps the own texts in place of those that a colleague kept. */
  function insist() {
    const renewed = own && { ...own, revision: report?.revision ?? 0, refused: false };
    setOwn(renewed);
    void save(renewed);
  }

  const latest = useRef(save);
  latest.current = save;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new text begins the pause anew
  useEffect(() => {
    if (!changed || busy || refused) return undefined;
    const timer = setTimeout(() => void latest.current(), pause);
    return () => clearTimeout(timer);
  }, [own, changed, busy, refused]);

  // Once the page shows what the server took, the page is followed again.
  const isShown = own !== null && !changed && !busy && (own.taken === null || own.taken.report !== report);
  useEffect(() => {
    if (isShown) setOwn(null);
  }, [isShown]);

  return {
    ...{ texts, kept, left, resume, changed, refused, busy, set, save, passOn, insist, takeKept: () => setOwn(null) },
    /** Who kept other texts meanwhile, where the server said so. */
    said: changedSince('自评报告', saving.problem ?? preparing.problem),
  };
}

export type ReportTexts = ReturnType<typeof useReportTexts>;
