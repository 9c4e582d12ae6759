export interface SwarmDot {
  readonly x: number;
  readonly radius: number;
}

/**
 * Heights for dots on a line so that they lie side by side and not on top of each other. The largest come first, each
 * as near to the line as its neighbours allow, above and below in turn. Where a place is so crowded that a dot would
 * leave the figure (`limit` is half the height), the dot overlaps others instead. The same input gives the same
 * picture.
 */
export function swarm(dots: readonly SwarmDot[], limit: number): number[] {
  const heights = new Array<number>(dots.length).fill(0);
  const order = dots.map((_, index) => index).sort((a, b) => (dots[b]?.radius ?? 0) - (dots[a]?.radius ?? 0) || a - b);
  const placed: number[] = [];
  for (const index of order) {
    const dot = dots[index] as SwarmDot;
    const near = placed.flatMap((other) => {
      const one = dots[other] as SwarmDot;
      return Math.abs(one.x - dot.x) < reach(one, dot) ? [{ ...one, y: heights[other] as number }] : [];
    });
    const room = Math.max(0, limit - dot.radius);
    heights[index] = nearestFree(dot, near, room) ?? scattered(near.length, room);
    placed.push(index);
  }
  return heights;
}

/** A place within `room` above or below the line that differs between neighbouring crowded dots and never changes. */
function scattered(count: number, room: number): number {
  const golden = (count * 0.618034) % 1;
  return (golden * 2 - 1) * room;
}

const gap = 0.6;

function reach(one: SwarmDot, other: SwarmDot): number {
  return one.radius + other.radius + gap;
}

function nearestFree(dot: SwarmDot, near: ReadonlyArray<SwarmDot & { y: number }>, room: number): number | undefined {
  const candidates = [0];
  for (const other of near) {
    const distance = reach(dot, other);
    const rise = Math.sqrt(Math.max(0, distance ** 2 - (other.x - dot.x) ** 2));
    candidates.push(other.y + rise, other.y - rise);
  }
  const inside = candidates.filter((y) => Math.abs(y) <= room).sort((a, b) => Math.abs(a) - Math.abs(b) || a - b);
  return inside.find((y) =>
    near.every((other) => (other.x - dot.x) ** 2 + (other.y - y) ** 2 >= reach(dot, other) ** 2 - 1e-6),
  );
}
