import type { z } from 'zod';
import { day, list, parts, text, whole } from '../kit/definition.shape.ts';

/** One holiday of an announcement: its days off, first and last included, and the weekend days worked for it. */
const announcedHoliday = parts({
  name: text,
  from: day,
  to: day,
  /** How many days the announcement itself counts (共 N 天). */
  days: whole(1, 31),
  worked: list(day),
});

/** The notice in which the State Council announces the holidays of a year, as `reference/calendar/` keeps it. */
export const announcedYear = parts({
  year: whole(2000, 2200),
  /** Its number, such as 国办发明电〔2025〕7号. */
  document: text,
  title: text,
  issued: day,
  holidays: list(announcedHoliday),
});
export type AnnouncedYear = z.output<typeof announcedYear>;
