import type { Day } from '../kit/school-year.ts';
import { type InspectorKind, type InspectorState, inspectorKindTitles } from './inspector.ts';
import { isTermOver } from './terms.ts';

/** What of an inspector stands on his card. */
export interface CardHolder {
  readonly name: string;
  readonly kind: InspectorKind;
  readonly state: InspectorState;
  readonly certificateNumber: string | null;
  readonly employer: string;
  readonly termFrom: Day | null;
  readonly termTo: Day | null;
}

/** A card as it is printed; `photograph` holds the bytes of a square picture (WebP), null: its place is left free. */
export interface InspectorCard {
  readonly name: string;
  readonly kind: string;
  readonly number: string;
  readonly employer: string;
  readonly term: string;
  /** Who appointed him and keeps the register: the certificate itself is made uniformly by the province. */
  readonly issuer: string;
  readonly photograph: Uint8Array | null;
}

/** The most cards that are printed at once: a county's inspectors, and what the press holds with their pictures. */
export const mostCards = 80;

/**
 * Why an inspector gets no card on a day, or null: the card certifies who inspects (《督学管理暂行办法》, 教督〔2016〕2号, 第十一条:
 * 督学 show their certificate), so it goes to inspectors in office whose term runs and whose number is in the register, and to no
 * expert.
 */
export function cardLacking(
  { kind, state, certificateNumber, termTo }: Pick<CardHolder, 'kind' | 'state' | 'certificateNumber' | 'termTo'>,
  on: Day,
): 'kind' | 'state' | 'term' | 'number' | null {
  if (kind === 'expert') return 'kind';
  if (state !== 'serving') return 'state';
  if (isTermOver(termTo, on)) return 'term';
  return certificateNumber === null ? 'number' : null;
}

/** The card of an inspector who lacks nothing for it (`cardLacking`). Never throws. */
export function cardOf(holder: CardHolder, issuer: string, photograph: Uint8Array | null): InspectorCard {
  const { name, kind, certificateNumber, employer, termFrom, termTo } = holder;
  return {
    ...{ name, kind: inspectorKindTitles[kind], number: certificateNumber ?? '', employer, issuer, photograph },
    term:
      termFrom === null ? '' : termTo === null ? `自 ${dotted(termFrom)} 起` : `${dotted(termFrom)}–${dotted(termTo)}`,
  };
}

const dotted = (day: Day) => day.replaceAll('-', '.');
