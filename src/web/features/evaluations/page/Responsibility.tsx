import { useState } from 'react';
import { assignLeaves, colleagues } from '#contract/evaluations/evaluations.ts';
import type { RouteOutput } from '#contract/route.ts';
import { useAct, useRead } from '#web/shared/call/queries.ts';
import { SelectField } from '#web/shared/form/fields.tsx';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { toggled } from '#web/shared/kit/choice/toggled.ts';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Progress } from '#web/shared/kit/feedback/Progress.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import type { Evaluation, TreeNode } from '../evaluation-reply.ts';
import { isFilled, leavesUnder } from '../tree/leaf-filter.ts';
import style from './Responsibility.module.css';

/** Nobody in particular. */
const nobody = '—';

/** A choice that is a section and no person. */
const sectionPrefix = 'section ';

/** To whom a choice gives leaves, as the route takes it. */
const givenTo = (chosen: string) => ({
  personId: chosen === nobody || chosen.startsWith(sectionPrefix) ? null : chosen,
  sectionId: chosen.startsWith(sectionPrefix) ? Number(chosen.slice(sectionPrefix.length)) : null,
});

/** Whose a leaf is, as its choice; nobody's where it was given to none. */
const choiceOf = ({ responsibleId, responsibleSectionId }: TreeNode): string =>
  responsibleId ?? (responsibleSectionId === null ? nobody : `${sectionPrefix}${responsibleSectionId}`);

/** How far each section and each person is with what was given to them. */
function Standing({ nodes, names }: { nodes: readonly TreeNode[]; names: ReadonlyMap<string, string> }) {
  const byChoice = new Map<string, TreeNode[]>();
  for (const leaf of nodes.filter((node) => node.isLeaf)) {
    byChoice.set(choiceOf(leaf), [...(byChoice.get(choiceOf(leaf)) ?? []), leaf]);
  }
  if ([...byChoice.keys()].every((choice) => choice === nobody)) return null;
  return (
    <div className={style.standing}>
      {[...byChoice].map(([choice, leaves]) => (
        <Progress
          key={choice}
          label={choice === nobody ? '没有指定' : (names.get(choice) ?? '已离岗的人员')}
          value={leaves.filter(isFilled).length}
          of={leaves.length}
          unit="项"
        />
      ))}
    </div>
  );
}

/** The names of people and sections by their choice. */
const namesOf = ({ rows, sections }: RouteOutput<typeof colleagues>): ReadonlyMap<string, string> =>
  new Map([
    ...rows.map(({ id, name }) => [id, name] as const),
    ...sections.map(({ id, name }) => [`${sectionPrefix}${id}`, name] as const),
  ]);

/** Who answers which leaves: whole branches or single leaves are given to one person, or to a section. */
export function Responsibility({ evaluation }: { evaluation: Evaluation }) {
  const people = useRead(colleagues, { params: { evaluationId: evaluation.id } });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [person, setPerson] = useState<string>();
  const assigning = useAct(assignLeaves, {
    done: ({ changed }) => `已改定 ${changed} 项由谁填写`,
    onDone: () => setChosen(new Set()),
  });
  const { nodes } = evaluation;
  const branches = nodes.filter(({ isLeaf }) => !isLeaf);
  const roots = branches.filter(({ parent }) => parent === null);
  const shownBranches = roots.length > 1 ? roots : branches.filter(({ parent }) => parent === roots[0]?.code);
  const setMany = (codes: readonly string[], on: boolean) =>
    setChosen((before) => {
      const next = new Set(before);
      for (const code of codes) on ? next.add(code) : next.delete(code);
      return next;
    });
  return (
    <Section title="由谁填写" note="没有指定的指标，本单位有权填写的人都可以填">
      <Loaded of={people} shape="form">
        {({ rows, sections }) => {
          const names = namesOf({ rows, sections });
          return (
            <>
              <Standing nodes={nodes} names={names} />
              <div className={style.assign}>
                <SelectField
                  label={`所选 ${chosen.size} 项交给`}
                  value={person}
                  options={[
                    ...sections.map(({ id, name, people: count }) => ({
                      value: `${sectionPrefix}${id}`,
                      label: `${name}（科室，${count} 人）`,
                    })),
                    ...rows.map(({ id, name, section }) => ({
                      value: id,
                      label: section === null ? name : `${name}（${section}）`,
                    })),
                    { value: nobody, label: '不指定' },
                  ]}
                  onChange={setPerson}
                />
                <Button
                  kind="primary"
                  disabled={chosen.size === 0 || person === undefined}
                  busy={assigning.busy}
                  onClick={() =>
                    person !== undefined &&
                    void assigning.act({
                      params: { evaluationId: evaluation.id },
                      body: { codes: [...chosen], ...givenTo(person) },
                    })
                  }
                >
                  {person === nobody ? '取消指定' : person?.startsWith(sectionPrefix) ? '指定责任科室' : '指定责任人'}
                </Button>
              </div>
              {shownBranches.map((branch) => {
                const leaves = leavesUnder(nodes, branch.code);
                const all = leaves.every(({ code }) => chosen.has(code));
                return (
                  <fieldset key={branch.code} className={style.branch}>
                    <legend>
                      <label>
                        <input
                          type="checkbox"
                          checked={all}
                          onChange={({ target }) =>
                            setMany(
                              leaves.map(({ code }) => code),
                              target.checked,
                            )
                          }
                        />
                        {branch.code} {branch.title}（{leaves.length} 项）
                      </label>
                    </legend>
                    {leaves.map((leaf) => (
                      <label key={leaf.code} className={style.leaf}>
                        <input
                          type="checkbox"
                          checked={chosen.has(leaf.code)}
                          onChange={() => setChosen(new Set(toggled(chosen, leaf.code)))}
                        />
                        <span>
                          {leaf.code} {leaf.title}
                        </span>
                        <Row inline>
                          {leaf.origin === 'data' && <span className="caption">由数据计分</span>}
                          <span>{names.get(choiceOf(leaf)) ?? ''}</span>
                        </Row>
                      </label>
                    ))}
                  </fieldset>
                );
              })}
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
