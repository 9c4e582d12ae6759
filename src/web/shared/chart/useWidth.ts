import { type RefObject, useEffect, useRef, useState } from 'react';

/** The width in pixels of an element as it is drawn, so that a figure's type keeps its size on every screen. */
export function useWidth<E extends HTMLElement>(initial = 640): [RefObject<E | null>, number] {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(initial);
  useEffect(() => {
    const node = element.current;
    if (!node) return;
    const measure = () => setWidth(Math.max(120, Math.round(node.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
