import { useId, useState, useSyncExternalStore } from 'react';
import { Button } from '../action/Button.tsx';
import { Band } from '../feedback/Band.tsx';
import { Dialog } from './Dialog.tsx';
import style from './Questions.module.css';
import { type Question, questionStore } from './question.ts';

/** The place where `confirm` and `ask` appear; it stands once in the frame. */
export function Questions() {
  const question = useSyncExternalStore(questionStore.subscribe, questionStore.read);
  if (!question) return null;
  return <Asked key={question.question.title} question={question} />;
}

function Asked({ question: asked }: { question: Question }) {
  const { question } = asked;
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const id = useId();
  const required = asked.kind === 'text' && asked.question.required !== false;
  const missing = required && text.trim() === '';

  function turnBack() {
    questionStore.put(null);
    if (asked.kind === 'confirm') asked.answer(false);
    else asked.answer(null);
  }
  function goOn() {
    setTried(true);
    if (missing) return;
    questionStore.put(null);
    if (asked.kind === 'confirm') asked.answer(true);
    else asked.answer(text.trim());
  }

  return (
    <Dialog
      open
      title={question.title}
      onClose={turnBack}
      actions={
        <>
          <Button onClick={turnBack}>取消</Button>
          <Button kind={question.danger ? 'danger' : 'primary'} onClick={goOn}>
            {question.verb}
          </Button>
        </>
      }
    >
      {question.warning && (
        <Band tone="look" label="请注意">
          {question.warning}
        </Band>
      )}
      {question.text && <p>{question.text}</p>}
      {asked.kind === 'text' && (
        <div className={style.answer}>
          {asked.question.suggestions && (
            <div className={style.suggestions}>
              {asked.question.suggestions.map((suggestion) => (
                <Button key={suggestion} small onClick={() => setText((before) => joined(before, suggestion))}>
                  {suggestion}
                </Button>
              ))}
            </div>
          )}
          <label htmlFor={id}>{asked.question.label}</label>
          <textarea
            id={id}
            value={text}
            maxLength={asked.question.maxLength ?? 500}
            aria-invalid={tried && missing}
            aria-describedby={`${id}-help`}
            onChange={(event) => setText(event.target.value)}
          />
          <p id={`${id}-help`} className={tried && missing ? style.problem : 'caption'}>
            {tried && missing ? `请填写${asked.question.label}。` : asked.question.help}
          </p>
        </div>
      )}
    </Dialog>
  );
}

function joined(before: string, suggestion: string): string {
  if (before.includes(suggestion)) return before;
  return before.trim() ? `${before.trim()}；${suggestion}` : suggestion;
}
