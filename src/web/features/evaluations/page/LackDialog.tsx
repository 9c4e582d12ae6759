import { useSearchState } from '#web/shared/address/search-state.ts';
import { Button } from '#web/shared/kit/action/Button.tsx';
import { Dialog } from '#web/shared/kit/dialog/Dialog.tsx';
import { evaluationSearch } from '../evaluation.search.ts';
import style from './EvaluationPage.module.css';

interface LackDialogProps {
  title: string;
  text: string;
  lacks: readonly { readonly code: string; readonly sentence: string }[];
  onClose: () => void;
}

/** What is still missing before an act, each line leading to its leaf. */
export function LackDialog({ title, text, lacks, onClose }: LackDialogProps) {
  const [, setSearch] = useSearchState(evaluationSearch);
  return (
    <Dialog open title={title} onClose={onClose}>
      <p>{text}</p>
      <ul className={style.lacks}>
        {lacks.map(({ code, sentence }) => (
          <li key={`${code} ${sentence}`}>
            {code !== '' && (
              <Button
                small
                kind="quiet"
                onClick={() => {
                  setSearch({ part: 'leaves', node: code, show: undefined });
                  onClose();
                }}
              >
                {code}
              </Button>
            )}{' '}
            {sentence}
            {sentence.includes('要填的事实') && (
              <Button
                small
                kind="quiet"
                onClick={() => {
                  setSearch({ part: 'questions', show: undefined });
                  onClose();
                }}
              >
                去填写
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
