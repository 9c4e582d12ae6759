import { useRef } from 'react';
import style from './FilePreview.module.css';

interface PdfFrameProps {
  name: string;
  /** Where the bytes are. */
  address: string;
  onFail: () => void;
}

/**
 * A PDF in a frame that has neither our origin nor any network: the page fetches the bytes and hands them over. What a
 * hostile document makes the viewer do, it does there.
 */
export function PdfFrame({ name, address, onFail }: PdfFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const handOver = () => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      fetch(address)
        .then(async (answer) => {
          if (!answer.ok) throw new Error(`the file was answered ${answer.status}`);
          const bytes = await answer.arrayBuffer();
          port1.postMessage(bytes, [bytes]);
        })
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
