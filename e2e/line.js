// A line to the server that can be cut in the middle of a transfer, as a lift or a tunnel does.
import { connect, createServer } from 'node:net'

/** Answers at a port of its own and passes everything on; `bytesPerSecond` slows what goes to the server. */
export async function line(target, { bytesPerSecond = Infinity } = {}) {
  const { port } = new URL(target)
  const open = new Set()
  let isCut = false
  const server = createServer({ pauseOnConnect: true }, (near) => {
    if (isCut) return near.destroy()
    const far = connect(Number(port), '127.0.0.1')
    for (const side of [near, far]) {
      open.add(side)
      side.on('error', () => side.destroy())
      side.on('close', () => {
        open.delete(side)
        near.destroy()
        far.destroy()
      })
    }
    far.pipe(near)
    near.on('data', (piece) => {
      far.write(piece)
      if (bytesPerSecond === Infinity) return
      near.pause()
      setTimeout(() => near.resume(), (piece.length / bytesPerSecond) * 1000)
    })
    near.resume()
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    cut() {
      isCut = true
      for (const side of open) side.destroy()
    },
    mend() {
      isCut = false
    },
    close: () => {
      for (const side of open) side.destroy()
      return new Promise((done) => server.close(done))
    },
  }
}
