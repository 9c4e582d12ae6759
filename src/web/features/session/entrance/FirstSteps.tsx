import { useRouter } from '@tanstack/react-router';
import { read } from '#contract/session/session.ts';
import { useSearchState } from '#web/shared/address/search-state.ts';
import { useRead } from '#web/shared/call/queries.ts';
import { Loaded } from '#web/shared/kit/feedback/Loaded.tsx';
import { PasswordChange } from '../PasswordChange.tsx';
import { SecondFactorEnrolment } from '../SecondFactorEnrolment.tsx';
import { signInSearch } from '../session.search.ts';
import { Entrance } from './Entrance.tsx';

/** The steps before the desk opens: an own password, then the second factor where the role requires it. */
export default function FirstSteps() {
  const [{ back }] = useSearchState(signInSearch);
  const session = useRead(read, {});
  const router = useRouter();

  function enter() {
    router.history.push(back ?? '/');
  }
  return (
    <Loaded of={session} shape="form">
      {({ person, role, mustChangePassword, mustEnrolSecondFactor }) => {
        const password = mustChangePassword || !mustEnrolSecondFactor;
        return (
          <Entrance
            inside={person.id}
            wide={!password}
            title={password ? '先修改密码' : '绑定动态验证码'}
            lead={
              password
                ? `${person.name}，密码已到期或由管理员设定，修改后才能继续。`
                : `${role.name}须使用动态验证码（密码之外的第二重验证）。请准备好装有验证器应用的手机。`
            }
          >
            {password ? (
              <PasswordChange username={person.username} onDone={() => !mustEnrolSecondFactor && enter()} />
            ) : (
              <SecondFactorEnrolment onDone={enter} />
            )}
          </Entrance>
        );
      }}
    </Loaded>
  );
}
