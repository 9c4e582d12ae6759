import { Button } from '#web/shared/kit/action/Button.tsx';
import { Row } from '#web/shared/kit/layout/Row.tsx';
import { formatDateTime } from '#web/shared/words/format.ts';
import { Undecided } from '../Undecided.tsx';
import type { LeftWriting as Left } from './useWriting.ts';

interface LeftWritingProps<Value> {
  left: Left<Value> | null;
  onTake: (left: Left<Value>) => void;
}

/** Says that the same person left a text here, and asks what becomes of it. */
export function LeftWriting<Value>({ left, onTake }: LeftWritingProps<Value>) {
  if (left === null) return null;
  return (
    <div className="screen-only">
      <Undecided label="没有保存的内容">
        <p>
          本机留有您 {formatDateTime(new Date(left.at))} 没有保存的内容。
          {left.overtaken && '之后这里另有保存；接着写时，请在两份之间选择。'}
        </p>
        <Row>
          <Button
            small
            onClick={() => {
              left.settle('taken');
              onTake(left);
            }}
          >
            接着写
          </Button>
          <Button small kind="quiet" onClick={() => left.settle('given up')}>
            放弃这份
          </Button>
        </Row>
      </Undecided>
    </div>
  );
}
