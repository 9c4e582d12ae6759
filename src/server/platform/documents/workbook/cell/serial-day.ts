/** Days of a workbook are numbers: counted from 1900, or from 1904 where the workbook says so. */
const millisecondsOfDay = 86_400_000;
const lastSerial = 2_958_465;
const shift1904 = 1462;

/**
 * The day of a serial number, `2025-09-01`. Null where there is none: the number is negative, a time of day alone,
 * after the year 9999, or 29 February 1900, which the count from 1900 includes by an old error.
 */
export function dayOfSerial(serial: number, from1904: boolean): string | null {
  const count = Math.floor(from1904 ? serial + shift1904 : serial);
  if (count < 1 || count > lastSerial || count === 60 || (from1904 && serial < 0)) return null;
  const fromEpoch = count < 60 ? count + 1 : count;
  return new Date(Date.UTC(1899, 11, 30) + fromEpoch * millisecondsOfDay).toISOString().slice(0, 10);
}

/** Day and time of day of a serial number, to the second, as far as there are any. */
export function textOfSerial(serial: number, from1904: boolean): string | null {
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400);
  // Half a second before midnight counts as midnight.
  const whole = seconds === 86_400 ? Math.ceil(serial) : serial;
  const day = dayOfSerial(whole, from1904);
  const time = new Date((seconds % 86_400) * 1000).toISOString().slice(11, seconds % 60 === 0 ? 16 : 19);
  if (day === null) return serial >= 0 && serial < 1 ? time : null;
  return seconds % 86_400 === 0 ? day : `${day} ${time}`;
}

const iso = /^(?:(\d{4})-(\d\d)-(\d\d))?(?:T?(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?)?(?:Z|[+-]\d\d:\d\d)?$/;

/** The serial number of a day or time in the form of ISO 8601; undefined for any other text. */
export function serialOfIso(text: string, from1904: boolean): number | undefined {
  const parts = text.trim() === '' ? null : iso.exec(text.trim());
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0));
  const time = (hour! * 3600 + minute! * 60 + second!) / 86_400;
  if (hour! > 24 || minute! > 59 || second! >= 60) return undefined;
  if (parts[1] === undefined) return time;
  const date = new Date(Date.UTC(year!, month! - 1, day!));
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day!) return undefined;
  const count = (date.getTime() - Date.UTC(1899, 11, 30)) / millisecondsOfDay;
  const counted = from1904 ? count - shift1904 : count < 61 ? count - 1 : count;
  return counted + time;
}
