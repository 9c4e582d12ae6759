import { digestOf } from '#core/evidence/digest.ts';
import { noticeLetter, timetableRows } from '#domain/evaluation/campaign/notice-letter.ts';
import { type OpinionLetterScene, opinionLetter, type WantedLetter } from '#domain/evaluation/opinion.ts';
import type { JointWork } from '#domain/evaluation/result/letter-words.ts';
import { resultLetter } from '#domain/evaluation/result/result-letter.ts';
import { generator } from '#domain/kit/generator.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { LetterKind } from '#domain/letter/state.ts';
import { momentOn, roundDays } from '../calendar.ts';
import { sampleEdition } from '../editions.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity, SampleLowerUnit, SamplePerson, SampleRound, SampleRoundSubject } from '../model.ts';
import type { Laying, SampleHand, SampleRecipient, SampleSent, SampleSeries } from '../part.ts';
import { sampleWords } from './evaluations.shape.ts';

/** Who leads a round and who works with it; null where one unit does all. */
export function jointWorkOf({ units }: SampleCity, { partner }: SampleRound): JointWork | null {
  const lead = units.find(({ adminLevel }) => adminLevel === 'city')!.name;
  return partner === null ? null : { lead, partner: partner.name };
}

interface Wanted {
  readonly kind: LetterKind;
  readonly letter: WantedLetter;
  readonly sent: Omit<SampleSent, 'addressees'>;
  readonly isWaiting: boolean;
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
    const { edition } = sampleEdition(round.framework);
    const days = roundDays(round, this.#laying.today);
    const on = days[0]!.from;
    const letter = noticeLetter({
      ...{ campaignId: round.id, kind, title, assessmentYear, edition, subjects, days },
      jointly: jointWorkOf(this.#city, round),
      readAt: momentOn(on, 0, this.#laying.standing).toISOString(),
      certificate: [{ item: '清单校验码', value: digestOf(timetableRows(kind, days)) }],
    });
    const place = this.#city.units.find(({ adminLevel }) => adminLevel === 'city')!;
    this.#wanted.push({
      ...{ kind: 'notice', letter, isWaiting: false },
      sent: {
        ...{ on, id: noticeLetterId, to: subjects.map((one) => this.#recipientOf(one)) },
        source: { type: 'campaigns', id: round.id, label: title },
        about: { type: 'campaign', placeId: place.id, id: round.id, title },
      },
    });
  }

  /**
   * The opinion on a subject, or its result. It waits where the other unit has not signed.
   * @returns the id of the letter
   */
  conclude(
    which: 'opinion' | 'result',
    round: SampleRound,
    subject: SampleRoundSubject,
    { scene, on, isWaiting }: { readonly scene: OpinionLetterScene; readonly on: Day; readonly isWaiting: boolean },
  ): string {
    const id = this.#ids.next();
    const letter = which === 'opinion' ? opinionLetter(scene) : resultLetter(scene);
    const about = `${subject.name}：${round.title}`.slice(0, 200);
    this.#wanted.push({
      ...{ kind: which === 'opinion' ? 'opinion' : 'bulletin', letter, isWaiting },
      sent: {
        ...{ on, id, to: [this.#recipientOf(subject)] },
        ...(round.partner === null ? {} : this.#signedByBoth(round.partner, isWaiting)),
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
    const inOrder = [...this.#wanted].sort((one, other) => (one.sent.on < other.sent.on ? -1 : 1));
    const laid = (are: boolean) =>
      inOrder
        .filter(({ isWaiting }) => isWaiting === are)
        .map(({ kind, letter: { title, body, figures, addressees }, sent }) => ({
          text: { kind, title, body, figures },
          sent: { ...sent, addressees },
        }));
    return {
      ...{ part: 'issued letters of evaluations', since: '2024-01-10T08:00:00+08:00', code: sampleWords.series },
      unit: units.find(({ adminLevel }) => adminLevel === 'city')!,
      hands: [section, this.#checker() ?? section, people.find(({ role }) => role === 'city-officer')!],
      ...{ issued: laid(false), waiting: laid(true) },
    };
  }

  /** Whoever signs for the partner has neither drafted the letter nor signed it for the office. */
  #signedByBoth({ id, name }: SampleLowerUnit, isWaiting: boolean): Pick<SampleSent, 'hands' | 'cosigner'> {
    const { people } = this.#city;
    const [officer, director] = people.filter(({ role }) => role === 'city-officer') as [SamplePerson, SamplePerson];
    const partner = people.find(({ sectionId }) => sectionId === id)!;
    const checks = this.#checker()!;
    // Of what only waits the third has checked it.
    return {
      hands: isWaiting ? [officer, director, checks] : [officer, checks, director],
      cosigner: { unitId: id, unitName: name, by: isWaiting ? null : partner },
    };
  }

  /** Somebody with another post who works for the section too: he checks what its officer drafts. */
  #checker(): SampleHand | undefined {
    const role = 'section-officer';
    const found = this.#city.people.find(({ further }) => further.some((one) => one.role === role));
    return found && { id: found.id, name: found.name, role };
  }

  #recipientOf({ placeId, schoolId }: SampleRoundSubject): SampleRecipient {
    return { unit: this.#city.units.find(({ id }) => id === placeId)!, schoolId };
  }
}
