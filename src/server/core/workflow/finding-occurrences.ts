import { z } from 'zod';
import { dutyTypes, findingSeverities } from '#domain/flow/finding.ts';
import { occurrence } from '#platform/jobs/port.ts';

/** Findings at the places of one job at most; a source with more announces several times. */
const mostRaisedAtOnce = 200;

const raised = z.object({
  /** Minted by the source, which knows its finding by it before it stands in the ledger. */
  id: z.uuid(),
  /** Where it lies: the county of the duty body, or the city's place for the city and its sections. */
  placeId: z.int(),
  kind: z.string(),
  title: z.string().min(2).max(200),
  body: z.string().max(4000),
  whereFound: z.string().max(200).optional(),
  /** Without it that of the kind. */
  severity: z.enum(findingSeverities).optional(),
  duty: z.object({ type: z.enum(dutyTypes), id: z.int() }),
  /** The school that it is about, where the duty is not the school's own. */
  aboutSchoolId: z.int().optional(),
  schoolYear: z.int(),
  foundOn: z.iso.date(),
  /** The day that the source demands; it holds unless the notice names another. Without it the days of the kind are counted. */
  dueOn: z.iso.date().optional(),
  /** Distinguishes the findings of the source: the same key is entered once, however often it is announced. */
  sourceKey: z.string().min(1).max(200),
});

/**
 * A feature has found something that is to be put right. Whoever keeps the ledger enters each finding once, in a job of the
 * same transaction; the source reads back where it stands through the view `ledger_findings`.
 */
export const findingsRaised = occurrence({
  name: 'findingsRaised',
  data: z.object({
    /** `balance`: the feature, and what of it raised them. */
    sourceType: z.string().min(1).max(40),
    sourceId: z.string().min(1).max(200),
    /** In Chinese, as the ledger shows it. */
    sourceLabel: z.string().min(1).max(200),
    /** The unit that opens them, and its level: it checks and closes. */
    openedByUnitId: z.int(),
    openedLevel: z.enum(['county', 'city']),
    findings: z.array(raised).min(1).max(mostRaisedAtOnce),
  }),
});
