import { list, number, parts, plainText, text } from '#domain/kit/definition.shape.ts';

const counts = parts({ city: number, counties: number, experts: number });

/** How many there are, and of which words their entries are made. */
export const sampleRegisterShape = parts({
  whole: counts,
  small: counts,
  shares: parts({ 'full-time': number, 'specially-invited': number, responsible: number }),
  ...{ posts: list(text), officePosts: list(text), professionalTitles: list(text), subjects: list(text) },
  ...{ institutes: list(text), expertPosts: list(text), fields: list(text), endReasons: list(text) },
  bases: parts({
    ...{ faith: plainText, knowledge: plainText, conduct: plainText, achievement: plainText },
    ...{ coordination: plainText, health: plainText, assessment: plainText },
  }),
});
