/** Seconds as people read them: `42 s`, `3 min 5 s`, `2 h 10 min`. */
export function durationText(total: number): string {
  const whole = Math.floor(total);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
