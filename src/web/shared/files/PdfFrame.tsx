import { useRef } from 'react';
import style from './FilePreview.module.css';

/** Where in a file it opens: a page, and a rectangle of it as shares of its width and height. */
export interface FilePlace {
  page: number;
  region: { left: number; top: number; width: number; height: number } | null;
}

interface PdfFrameProps {
  name: string;
  /** Null: at its beginning. */
  place?: FilePlace | null | undefined;
  /** The bytes, or where they are. */
  from: string | Uint8Array;
  onFail: () => void;
}

/**
 * A PDF in a frame that has neither our origin nor any network: the page fetches the bytes and hands them over. What a
 * hostile document makes the viewer do, it does there.
 */
export function PdfFrame({ name, from, place = null, onFail }: PdfFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const handOver = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      bytesOf(from)
        .then((bytes) => port1.postMessage({ bytes, place }, [bytes]))
        .catch(onFail);
    };
    // A frame without an origin has no name by which it could be addressed; what goes there is a port and nothing else.
    frame.current?.contentWindow?.postMessage('port', '*', [port2]);
  };
  return (
    <iframe
      ref={frame}
      className={style.frame}
      src="/files/viewer/"
      sandbox="allow-scripts"
      title={`PDF 文档：${name}`}
      onLoad={handOver}
    />
  );
}

/** A buffer of its own, which may be handed over. */
async function bytesOf(from: string | Uint8Array): Promise<ArrayBuffer> {
  if (typeof from !== 'string') return new Uint8Array(from).buffer;
  const answer = await fetch(from);
  if (!answer.ok) throw new Error(`the file was answered ${answer.status}`);
  return answer.arrayBuffer();
}
