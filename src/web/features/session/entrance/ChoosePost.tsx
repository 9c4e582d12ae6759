import { useState } from 'react';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { asProblem } from '#web/shared/call/problem.ts';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { PostChoices } from '#web/shared/kit/PostChoices.tsx';
import { workInPost } from '#web/shared/session/post.ts';
import { useWholeSession } from '#web/shared/session/session.tsx';
import { signInSearch } from '../session.search.ts';
import { Entrance } from './Entrance.tsx';

/** A person with several posts chooses the one to work in; the others are one click away in the top bar. */
export default function ChoosePost() {
  const [{ back, because }] = useSearchState(signInSearch);
  const session = useWholeSession();
  const [problem, setProblem] = useState<string>();

  return (
    <Loaded of={session} shape="form">
      {({ person, posts }) => (
        <Entrance
          inside={person.id}
          title="选择岗位"
          lead={`${person.name}，请选择这次使用的岗位；进入后可在页面上方随时切换。`}
          said={problem ?? (because === 'changed' ? '原来的岗位已不再由您担任，填写的内容没有丢失。' : undefined)}
        >
          <PostChoices
            posts={posts}
            onChoose={(post) =>
              void workInPost(post, back).catch((error: unknown) => setProblem(asProblem(error).message))
            }
          />
        </Entrance>
      )}
    </Loaded>
  );
}
