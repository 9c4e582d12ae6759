/** A press that fills: it holds 300 MB more after each letter and dies in the third. The bytes of a letter are its place. */
let letters = 0;
process.on('message', () => {
  letters += 1;
  if (letters > 2) process.kill(process.pid, 'SIGKILL');
  else {
    const printed = { bytes: new Uint8Array([letters]), substitutions: [] };
    process.send({ printed, held: letters * 300 * 1024 * 1024 });
  }
});
process.on('disconnect', () => process.exit());
