import { useState } from 'react';
import { setSection } from '#contract/people/people.ts';
import { useAct } from '#web/shared/call/queries.ts';
import { Form } from '#web/shared/form/Form.tsx';
import type { Choice } from '#web/shared/kit/choice/choice.ts';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { lapsedSection, type PersonDetail } from '../people.words.ts';
import { SectionField } from './SectionField.tsx';

/** Puts a post into another section of its unit, or into none. The post itself goes on. */
export function PostSection({
  person,
  post,
  onClose,
}: {
  person: PersonDetail;
  post: PersonDetail['history'][number];
  onClose: () => void;
}) {
  const [section, setChosen] = useState<Choice<number> | null>(
    post.sectionId === null || post.sectionLapsed ? null : { value: post.sectionId, label: post.sectionName ?? '' },
  );
  const changing = useAct(setSection, { done: '科室已改变，立即生效。', onDone: onClose });
  return (
    <Dialog open title={`${person.name}的${post.roleName}：科室`} onClose={onClose}>
      <Form
        verb="改变科室"
        busy={changing.busy}
        problem={changing.problem?.message}
        onSubmit={(event) => {
          event.preventDefault();
          const params = { personId: person.id, grantId: post.grantId };
          void changing.act({ params, body: { sectionId: section?.value ?? null } });
        }}
      >
        {post.sectionLapsed && <p>{lapsedSection(post)}</p>}
        <SectionField unitId={post.unitId ?? 0} value={section} onChange={setChosen} />
        <p className="caption">
          {post.unitName}之下的科室、部门或直属单位；不选的，岗位不写明科室。岗位的登录、令牌和代办照旧。
        </p>
      </Form>
    </Dialog>
  );
}
