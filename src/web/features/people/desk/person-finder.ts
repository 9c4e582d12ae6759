import { linkOptions } from '@tanstack/react-router';
import { list } from '#contract/people/people.ts';
import { call } from '#web/shared/call/call.ts';
import type { Found } from '#web/shared/desk/desk.ts';

/** Accounts by name or username. */
export async function find(text: string, signal: AbortSignal): Promise<Found[]> {
  const { rows } = await call(list, { query: { search: text, pageSize: 8 } }, { signal });
  return rows.map((person) => ({
    key: `person-${person.id}`,
    group: '人员',
    title: person.name,
    note: person.grant ? `${person.username} · ${person.grant.roleName}` : person.username,
    link: linkOptions({ to: '/people/$personId', params: { personId: person.id } }),
  }));
}
