import { useState } from 'react';
import { avoidance } from '#contract/inspectors/inspectors.ts';
import { avoidanceCaseTitles } from '#domain/inspection/avoidance.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { Section } from '#web/shared/kit/layout/Page.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { StateMark } from '#web/shared/kit/words/StateMark.tsx';
import { inspectorMarks } from '../desk/state-marks.ts';
import { type Body, BodyField, findBodies, noBody } from '../form/BodyField.tsx';

/** Whether the inspector keeps away from a unit or a school, with the reasons. */
export function AvoidanceCheck({ inspectorId }: { inspectorId: string }) {
  const [body, setBody] = useState<Body>(noBody);
  const known = body.unitId !== null || body.schoolId !== null;
  return (
    <div className="screen-only">
      <Section title="回避核对" note="选一个单位或一所学校，核对这名督学是否须回避">
        <BodyField
          label="督导对象"
          value={body}
          error={body.written !== '' && !known ? '请从名录中选择' : undefined}
          required={false}
          find={findBodies}
          onChange={setBody}
        />
        {known && <Grounds inspectorId={inspectorId} body={body} />}
      </Section>
    </div>
  );
}

function Grounds({ inspectorId, body: { unitId, schoolId } }: { inspectorId: string; body: Body }) {
  const query = schoolId === null ? { unitId: unitId ?? 0 } : { schoolId };
  const loaded = useRead(avoidance, { params: { inspectorId }, query });
  return (
    <Loaded of={loaded} shape="text">
      {({ subject, unlinked, grounds }) =>
        grounds.length + unlinked.length === 0 ? (
          <p role="status">对{subject}没有须回避的情形。</p>
        ) : (
          <div role="status">
            {grounds.length === 0 && <p>按名录对{subject}没有须回避的情形。</p>}
            {unlinked.length > 0 && (
              <Row>
                <StateMark state={inspectorMarks.ask} text="请核对" />
                <span>{`登记的“${unlinked.join('”“')}”没有对应名录，是否与${subject}有关请人工核对`}</span>
              </Row>
            )}
            {grounds.map((ground) => (
              <Row key={`${ground.case} ${ground.reason}`}>
                <StateMark state={inspectorMarks[ground.effect]} />
                <span>{`${ground.reason}（${avoidanceCaseTitles[ground.case]}，${ground.source}）`}</span>
              </Row>
            ))}
          </div>
        )
      }
    </Loaded>
  );
}
