export interface SwarmDot {
  readonly x: number;
  readonly radius: number;
}

/**
 * Heights for dots on a line so that they lie side by side and not on top of each other: largest first, each as near to
 * the line as its neighbours allow, above and below in turn. The same input gives the same picture. Where the swarm
 * grows past `limit` (half the height) it is pressed together: dots overlap rather than leave the figure.
 */
export function swarm(dots: readonly SwarmDot[], limit: number): number[] {
  const heights = new Array<number>(dots.length).fill(0);
  const order = dots.map((_, index) => index).sort((a, b) => (dots[b]?.radius ?? 0) - (dots[a]?.radius ?? 0) || a - b);
  const placed: number[] = [];
  for (const index of order) {
    const dot = dots[index] as SwarmDot;
    const near = placed.filter(
      (other) => Math.abs((dots[other] as SwarmDot).x - dot.x) < reach(dots[other] as SwarmDot, dot),
    );
    heights[index] = nearestFree(
      dot,
      near.map((other) => ({ ...(dots[other] as SwarmDot), y: heights[other] as number })),
    );
    placed.push(index);
  }
  const extent = Math.max(0, ...dots.map((dot, index) => Math.abs(heights[index] as number) + dot.radius));
  const largest = Math.max(0, ...dots.map((dot) => dot.radius));
  if (extent <= limit) return heights;
  const press = Math.max(0, limit - largest) / Math.max(1e-9, extent - largest);
  return heights.map((height) => height * press);
}

const gap = 0.6;

function reach(one: SwarmDot, other: SwarmDot): number {
  return one.radius + other.radius + gap;
}

function nearestFree(dot: SwarmDot, near: ReadonlyArray<SwarmDot & { y: number }>): number {
  const candidates = [0];
  for (const other of near) {
    const distance = reach(dot, other);
    const rise = Math.sqrt(Math.max(0, distance ** 2 - (other.x - dot.x) ** 2));
    candidates.push(other.y + rise, other.y - rise);
  }
  candidates.sort((a, b) => Math.abs(a) - Math.abs(b) || a - b);
  const free = candidates.find((y) =>
    near.every((other) => (other.x - dot.x) ** 2 + (other.y - y) ** 2 >= reach(dot, other) ** 2 - 1e-6),
  );
  return free ?? 0;
}
