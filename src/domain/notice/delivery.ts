/** The states of a notice on its way out of the product, in the order in which an operator reads them. */
export const deliveryStates = ['uncertain', 'failed', 'sending', 'waiting', 'sent'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export const deliveryStateTitles: Readonly<Record<DeliveryState, string>> = {
  uncertain: '不确定',
  failed: '未送出',
  sending: '正在发送',
  waiting: '等待发送',
  sent: '已送出',
};

/** Minutes from one try to the next; after the last of them a delivery has failed. */
const retryMinutes = [1, 5, 15, 60, 240] as const;

/**
 * When a delivery is tried again, in minutes.
 * @param attempts the tries that were made
 * @returns null where none is left
 */
export function minutesToNextTry(attempts: number): number | null {
  return retryMinutes[attempts - 1] ?? null;
}

/** How a person wants to be written to; minutes count from midnight in China. */
export interface MailWishes {
  /** From this minute to `quietUntil` nothing is sent, over midnight where the first is the later; null: at any time. */
  readonly quietFrom: number | null;
  readonly quietUntil: number | null;
  /** All notices of a day in one mail at this minute; null: each when it comes. */
  readonly digestAt: number | null;
}

const dayOfMinutes = 24 * 60;
/** China has one time zone without summer time. */
const chinaOffset = 8 * 60;

/**
 * The moment at which a notice may leave: at once, at the next digest, or when the quiet hours end.
 * @param now the moment at which the notice is there
 */
export function dueMoment(now: Date, { quietFrom, quietUntil, digestAt }: MailWishes): Date {
  const minute = (Math.floor(now.getTime() / 60_000) + chinaOffset) % dayOfMinutes;
  // A chosen hour is wanted, also within the quiet ones.
  if (digestAt !== null) return minute === digestAt ? now : later(now, minute, digestAt);
  if (quietFrom === null || quietUntil === null || quietFrom === quietUntil) return now;
  const quiet =
    quietFrom < quietUntil ? minute >= quietFrom && minute < quietUntil : minute >= quietFrom || minute < quietUntil;
  return quiet ? later(now, minute, quietUntil) : now;
}

/** The moment of another try: at once or when the quiet hours end. A digest that did not go does not wait for the next one. */
export function momentOfTry(wanted: Date, wishes: Pick<MailWishes, 'quietFrom' | 'quietUntil'>): Date {
  return dueMoment(wanted, { ...wishes, digestAt: null });
}

/** The beginning of the next minute of the day with this number. */
function later(now: Date, minute: number, wanted: number): Date {
  const minutes = (wanted - minute + dayOfMinutes) % dayOfMinutes || dayOfMinutes;
  return new Date((Math.floor(now.getTime() / 60_000) + minutes) * 60_000);
}
