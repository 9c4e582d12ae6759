import { digestOf } from '#core/evidence/digest.ts';
import { noticeLetter, timetableRows } from '#domain/evaluation/campaign/notice-letter.ts';
import { type OpinionLetterScene, opinionLetter, type WantedLetter } from '#domain/evaluation/opinion.ts';
import { resultLetter } from '#domain/evaluation/result/result-letter.ts';
import { generator } from '#domain/kit/generator.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { LetterKind } from '#domain/letter/state.ts';
import { momentOn, roundDays } from '../calendar.ts';
import { sampleEdition } from '../editions.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity, SampleRound, SampleRoundSubject } from '../model.ts';
import type { Laying, SampleRecipient, SampleSent, SampleSeries } from '../part.ts';
import { sampleWords } from './evaluations.shape.ts';

interface Wanted {
  readonly kind: LetterKind;
  readonly letter: WantedLetter;
  readonly sent: Omit<SampleSent, 'addressees'>;
}

/** The letters that rounds issue: notice, opinion and result, as the product words them. */
export class RoundLetters {
  readonly #city: SampleCity;
  readonly #laying: Laying;
  readonly #ids: ReturnType<typeof sampleIds>;
  readonly #wanted: Wanted[] = [];

  constructor(city: SampleCity, laying: Laying) {
    this.#city = city;
    this.#laying = laying;
    this.#ids = sampleIds(generator(`${city.seed} letters of evaluations`), '2024-01-09T08:00:00+08:00');
  }

  /** The notice of a round, issued on its first day. */
  notice(round: SampleRound): void {
    const { kind, title, assessmentYear, subjects, noticeLetterId } = round;
    const { edition } = sampleEdition(kind);
    const days = roundDays(round, this.#laying.today);
    const on = days[0]!.from;
    const letter = noticeLetter({
      ...{ campaignId: round.id, kind, title, assessmentYear, edition, subjects, days },
      readAt: momentOn(on, 0, this.#laying.standing).toISOString(),
      certificate: [{ item: '清单校验码', value: digestOf(timetableRows(kind, days)) }],
    });
    const place = this.#city.units.find(({ adminLevel }) => adminLevel === 'city')!;
    this.#wanted.push({
      ...{ kind: 'notice', letter },
      sent: {
        ...{ on, id: noticeLetterId, to: subjects.map((one) => this.#recipientOf(one)) },
        source: { type: 'campaigns', id: round.id, label: title },
        about: { type: 'campaign', placeId: place.id, id: round.id, title },
      },
    });
  }

  /** The opinion on a subject, or its result. @returns the id of the letter */
  conclude(
    which: 'opinion' | 'result',
    round: SampleRound,
    subject: SampleRoundSubject,
    { scene, on }: { readonly scene: OpinionLetterScene; readonly on: Day },
  ): string {
    const id = this.#ids.next();
    const letter = which === 'opinion' ? opinionLetter(scene) : resultLetter(scene);
    const about = `${subject.name}：${round.title}`.slice(0, 200);
    this.#wanted.push({
      ...{ kind: which === 'opinion' ? 'opinion' : 'bulletin', letter },
      sent: {
        ...{ on, id, to: [this.#recipientOf(subject)] },
        source: { type: 'evaluations', id: `${subject.id}:${which}`, label: round.title },
        about: { type: 'evaluation', placeId: subject.placeId, id: subject.id, title: about },
      },
    });
    return id;
  }

  /** The letters in the order of their days, numbered in a series of their own. */
  series(): SampleSeries {
    const { people, units } = this.#city;
    const section = people.find(({ role }) => role === 'section-officer')!;
    const checks = people.find(({ further }) => further.some(({ role }) => role === 'section-officer')) ?? section;
    const inOrder = [...this.#wanted].sort((one, other) => (one.sent.on < other.sent.on ? -1 : 1));
    return {
      ...{ part: 'issued letters of evaluations', since: '2024-01-10T08:00:00+08:00', code: sampleWords.series },
      unit: units.find(({ adminLevel }) => adminLevel === 'city')!,
      hands: [
        section,
        { id: checks.id, name: checks.name, role: 'section-officer' },
        people.find(({ role }) => role === 'city-officer')!,
      ],
      issued: inOrder.map(({ kind, letter: { title, body, figures, addressees }, sent }) => ({
        text: { kind, title, body, figures },
        sent: { ...sent, addressees },
      })),
    };
  }

  #recipientOf({ placeId, schoolId }: SampleRoundSubject): SampleRecipient {
    return { unit: this.#city.units.find(({ id }) => id === placeId)!, schoolId };
  }
}
