import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routes } from '../index.ts';
import { personName, schoolName } from './names.shape.ts';

/** Texts of a request that give a new name: they are neither looked up nor compared with existing names. */
const namesSomething = /^(name|shortName)$/;

/** Every named text in a schema, with its path. */
function named(schema: unknown, path: readonly string[]): Array<{ path: string; schema: z.ZodType }> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return named(schema.unwrap(), path);
  }
  if (schema instanceof z.ZodArray) return named(schema.element, [...path, '*']);
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape as Record<string, unknown>).flatMap(([key, part]) =>
      named(part, [...path, key]),
    );
  }
  return schema instanceof z.ZodString && namesSomething.test(path.at(-1)!) ? [{ path: path.join('.'), schema }] : [];
}

const names = routes.flatMap((route) => named(route.body, [route.name]));

describe('every name that comes in', () => {
  it('is known here', () => {
    expect(names.map(({ path }) => path).sort()).toEqual([
      'balance-tracking.recordFigures.schools.*.name',
      ...['balance.revise.definition.indicators.*.name', 'balance.revise.definition.indicators.*.shortName'],
      ...['balance.revise.definition.name'],
      ...['balance.tryRevision.definition.indicators.*.name', 'balance.tryRevision.definition.indicators.*.shortName'],
      ...['balance.tryRevision.definition.name'],
      ...['directory.chooseCity.zones.*.name', 'directory.chooseCity.zones.*.shortName'],
      ...['directory.correctSchool.name', 'directory.openLowerUnit.name', 'directory.openSchool.name'],
      ...[
        'directory.openUnit.name',
        'directory.openUnit.shortName',
        'directory.renameLowerUnit.name',
        'directory.renameSchool.name',
      ],
      ...['directory.renameUnit.name', 'directory.renameUnit.shortName', 'directory.saveContact.name'],
      ...['directory.splitSchool.parts.*.name', 'inspectors.edit.name', 'inspectors.enter.name'],
      ...['meetings.signIn.name', 'people.create.name', 'people.proposePost.name'],
      ...[
        'people.update.name',
        'rectifications.changeKind.name',
        'roles.propose.name',
        'session.useLink.name',
        'tokens.create.name',
      ],
    ]);
  });

  it.each(names)('$path is refused with what nobody sees or finds', ({ schema }) => {
    expect(schema.safeParse(' 示例 ').data).toBe('示例');
    for (const odd of [
      '示\u200b例',
      '示\u202e例',
      '示\n例',
      '示 例',
      '示\u0007例',
      '示\0例',
      '示\ud842例',
      '⽰例',
      '',
    ]) {
      const { error } = schema.safeParse(odd);
      expect(error?.issues[0]?.message).toMatch(/中|请填写|至少/);
    }
  });
});

it('names of people keep words of letters and dots, names of schools their brackets', () => {
  for (const name of ['Anna Lee', '阿依古丽·买买提']) expect(personName.parse(` ${name} `)).toBe(name);
  expect(schoolName.parse('第三小学（城东校区）')).toBe('第三小学（城东校区）');
  expect(schoolName.safeParse('一').error?.issues[0]?.message).toBe('学校名称至少 2 个字');
});
