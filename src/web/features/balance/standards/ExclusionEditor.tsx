import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import style from './ExclusionEditor.module.css';

type Exclusions = BalanceStandard['exclusions'];
type Exclusion = Exclusions[number];

interface ExclusionEditorProps {
  exclusions: Exclusions;
  onChange: (exclusions: Exclusions) => void;
}

/**
 * The predicate of the set, as conditions in the formula language. In their order, the first that holds gives the
 * reason.
 */
export function ExclusionEditor({ exclusions, onChange }: ExclusionEditorProps) {
  const put = (index: number, changed: Exclusion) =>
    onChange(exclusions.map((one, at) => (at === index ? changed : one)));
  const move = (index: number, by: number) => {
    const next = [...exclusions];
    const [one] = next.splice(index, 1);
    next.splice(index + by, 0, one!);
    onChange(next);
  };
  return (
    <Section
      title="不计入的学校"
      note="条件可用：办学类型、举办者（县 市 省 民办 其他）和填报的数据项；依次判定，首个成立的为排除原因"
      action={
        <Button
          kind="quiet"
          onClick={() => onChange([...exclusions, { levels: [...compulsoryLevels], when: '', reason: '' }])}
        >
          增加一个条件
        </Button>
      }
    >
      <ol className={style.editExclusions}>
        {exclusions.map((exclusion, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
          <li key={index}>
            <fieldset>
              <legend className="visually-hidden">第 {index + 1} 个排除条件</legend>
              <label>
                <span>条件</span>
                <input
                  value={exclusion.when}
                  required
                  onChange={(event) => put(index, { ...ownOf(exclusion), when: event.target.value })}
                />
              </label>
              <label>
                <span>原因</span>
                <input
                  value={exclusion.reason}
                  required
                  onChange={(event) => put(index, { ...exclusion, reason: event.target.value })}
                />
              </label>
              <div className={style.exclusionFoot}>
                {compulsoryLevels.map((level) => (
                  <label key={level} className={style.check}>
                    <input
                      type="checkbox"
                      checked={exclusion.levels.includes(level)}
                      onChange={(event) =>
                        put(index, {
                          ...ownOf(exclusion),
                          levels: compulsoryLevels.filter((one) =>
                            one === level ? event.target.checked : exclusion.levels.includes(one),
                          ),
                        })
                      }
                    />
                    {schoolLevelNames[level]}
                  </label>
                ))}
                <Button kind="quiet" small disabled={index === 0} onClick={() => move(index, -1)}>
                  上移
                </Button>
                <Button kind="quiet" small disabled={index === exclusions.length - 1} onClick={() => move(index, 1)}>
                  下移
                </Button>
                <Button kind="danger" small onClick={() => onChange(exclusions.filter((_, at) => at !== index))}>
                  删去
                </Button>
              </div>
            </fieldset>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** A condition that the city changes no longer rests on the text that it came from. */
function ownOf({ source: _source, ...exclusion }: Exclusion): Exclusion {
  return exclusion;
}
