import { passwordIssues, passwordRules } from '#domain/access/password.ts';
import { PasswordField } from '#web/shared/form/fields.tsx';

interface NewPasswordProps {
  username: string;
  password: string;
  again: string;
  onChange: (patch: { password?: string; again?: string }) => void;
  error?: string | undefined;
}

/** The problem with a new password and its repetition, as one sentence; undefined when there is none. */
export function newPasswordProblem(password: string, again: string, username: string): string | undefined {
  const issues = passwordIssues(password, username);
  if (issues.length > 0) return `${issues.join('；')}。`;
  return password === again ? undefined : '两次输入的密码不一致。';
}

/** A new password, typed twice; its remaining problem is shown while it is typed. */
export function NewPassword({ username, password, again, onChange, error }: NewPasswordProps) {
  const issues = password ? passwordIssues(password, username) : [];
  return (
    <>
      <PasswordField
        label="新密码"
        autoComplete="new-password"
        value={password}
        onChange={(next) => onChange({ password: next })}
        error={error}
        help={
          <span data-tone={password && issues.length === 0 ? 'holds' : undefined} role="status">
            {!password
              ? `至少 ${passwordRules.minimumLength} 个字符，含大写字母、小写字母、数字、符号中的三类；不与最近 ${passwordRules.remembered} 次相同。`
              : issues.length > 0
                ? `${issues.join('；')}。`
                : '✓ 符合要求。'}
          </span>
        }
      />
      <PasswordField
        label="再输入一次"
        autoComplete="new-password"
        value={again}
        onChange={(next) => onChange({ again: next })}
        help={again && again !== password ? '与上面不一致。' : undefined}
      />
    </>
  );
}
