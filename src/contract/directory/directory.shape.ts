import { z } from 'zod';
import { schoolStatuses } from '#domain/org/school-change.ts';
import { writtenLine } from '../kit/texts.shape.ts';

/** Parts that the routes of units, schools, their changes and their import share. */

export const id = z.number().int();
/** The number of the document that a change rests on: 泉教〔2025〕3号. */
export const document = writtenLine(60).optional();
export const code = z
  .string()
  .trim()
  .regex(/^\d{10}$/, '学校标识码应为 10 位数字');
export const schoolStatus = z.enum(schoolStatuses);
