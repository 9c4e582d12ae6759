import type { z } from 'zod';
import type { ownForm, ownInspector, read } from '#contract/inspectors/inspectors.ts';
import type { RouteOutput } from '#contract/route.ts';
import { noBody } from './BodyField.tsx';

export type OwnValues = z.input<typeof ownForm>;

export const emptyForm: OwnValues = {
  ...{
    sex: null,
    birthYear: null,
    employer: noBody,
    post: '',
    degree: null,
    professionalTitle: '',
    educationYears: null,
  },
  ...{ stages: [], subjects: '', phone: '', publicContact: '', profile: '', posts: [], relations: [] },
};

/** What stands in an entry, as its form begins. */
export function valuesOf(inspector: z.output<typeof ownInspector> | RouteOutput<typeof read>): OwnValues {
  const { sex, birthYear, employerBody, post, degree, professionalTitle, educationYears, stages, subjects, phone } =
    inspector;
  const { publicContact, profile, posts, relations } = inspector;
  return {
    ...{
      sex,
      birthYear,
      employer: employerBody,
      post,
      degree,
      professionalTitle,
      educationYears,
      stages,
      subjects,
      phone,
    },
    ...{ publicContact, profile, posts, relations: relations ?? [] },
  };
}
