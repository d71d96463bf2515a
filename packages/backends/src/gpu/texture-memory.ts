import { LARGE, noRoom } from "./no-room.js";
import { sparePool } from "./spare-pool.js";
import { mostInTexture, textureSize } from "./texture-size.js";

/** A texture as WebGL knows it, with the count of references that gpu.js keeps on it. */
export interface RawTexture {
  _refs?: number;
}

/** Textures of one float32 a number; those that are given back are used again. */
export interface TextureMemory {
  /** The most numbers of one texture. */
  readonly maxLength: number;
  /** A texture for `length` numbers, its contents undefined. @throws BackendError if there is no room */
  take(length: number): RawTexture;
  give(texture: RawTexture, length: number): void;
  /** Takes note of a texture that something else has made. */
  adopt(length: number): void;
  write(texture: RawTexture, values: Float32Array): void;
  read(texture: RawTexture, length: number): Float32Array;
  /** The same when the device comes to it; null where it cannot be asked that way. */
  readonly readLater: ((texture: RawTexture, length: number) => Promise<Float32Array>) | null;
  /** Of all textures, those that wait included. */
  bytes(): number;
}

/** Bytes in textures that wait to be used again. */
const MOST_SPARE = 2 ** 28;

/** @param channels of float32 in a texel, of which the first holds the number: 1, or 4 in WebGL 1, which has no other */
export function textureMemory(gl: WebGL2RenderingContext, channels: 1 | 4): TextureMemory {
  const texelBytes = 4 * channels;
  const formats = channels === 1 ? { internal: gl.R32F, external: gl.RED } : { internal: gl.RGBA, external: gl.RGBA };
  let texels = 0;
  const pool = sparePool<RawTexture>(MOST_SPARE / texelBytes, (texture, count) => {
    texels -= count;
    gl.deleteTexture(texture);
  });
  const make = (width: number, height: number): RawTexture => {
    const bytes = width * height * texelBytes;
    if (bytes >= LARGE) while (!gl.isContextLost() && gl.getError() !== gl.NO_ERROR);
    const texture = gl.createTexture() as RawTexture;
    bind(gl, texture);
    for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
    gl.texImage2D(gl.TEXTURE_2D, 0, formats.internal, width, height, 0, formats.external, gl.FLOAT, null);
    if (bytes >= LARGE && gl.getError() === gl.OUT_OF_MEMORY) {
      gl.deleteTexture(texture);
      throw noRoom(bytes, texels * texelBytes);
    }
    texels += width * height;
    return texture;
  };
  let framebuffer: WebGLFramebuffer | null = null;
  const attach = (texture: RawTexture | null): void => {
    framebuffer ??= gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  };
  /** How the attached texture can be read: WebGL promises four channels, and most devices give one where there is one. */
  const readable = (): { readonly format: number; readonly stride: 1 | 4 } => {
    const isTight =
      channels === 1 &&
      gl.getParameter(gl.IMPLEMENTATION_COLOR_READ_FORMAT) === gl.RED &&
      gl.getParameter(gl.IMPLEMENTATION_COLOR_READ_TYPE) === gl.FLOAT;
    return isTight ? { format: gl.RED, stride: 1 } : { format: gl.RGBA, stride: 4 };
  };

  const memory: TextureMemory = {
    maxLength: mostInTexture(gl.getParameter(gl.MAX_TEXTURE_SIZE)),
    take(length) {
      const [width, height] = textureSize(length);
      return pool.take(width, height) ?? make(width, height);
    },
    give: (texture, length) => pool.give(texture, ...textureSize(length)),
    adopt(length) {
      const [width, height] = textureSize(length);
      texels += width * height;
    },
    write(texture, values) {
      const [width, height] = textureSize(values.length);
      bind(gl, texture);
      gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, formats.external, gl.FLOAT, spread(values, width * height, channels));
    },
    read(texture, length) {
      const [width, height] = textureSize(length);
      attach(texture);
      const { format, stride } = readable();
      const pixels = new Float32Array(width * height * stride);
      gl.readPixels(0, 0, width, height, format, gl.FLOAT, pixels);
      attach(null);
      return everyNth(pixels, stride, length);
    },
    readLater: null,
    bytes: () => texels * texelBytes,
  };
  if (channels === 4) return memory;
  return {
    ...memory,
    async readLater(texture, length) {
      const [width, height] = textureSize(length);
      attach(texture);
      const { format, stride } = readable();
      const pixels = new Float32Array(width * height * stride);
      const copy = gl.createBuffer();
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, copy);
      gl.bufferData(gl.PIXEL_PACK_BUFFER, pixels.byteLength, gl.STREAM_READ);
      gl.readPixels(0, 0, width, height, format, gl.FLOAT, 0);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      attach(null);
      await passed(gl);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, copy);
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, pixels);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      gl.deleteBuffer(copy);
      return everyNth(pixels, stride, length);
    },
  };
}

/** On the last unit that every device has, away from those of kernels. */
function bind(gl: WebGL2RenderingContext, texture: RawTexture): void {
  gl.activeTexture(gl.TEXTURE15);
  gl.bindTexture(gl.TEXTURE_2D, texture);
}

/** Values as texels: with zeros behind the number, and behind the last one. */
function spread(values: Float32Array, texels: number, channels: number): Float32Array {
  if (channels === 1 && values.length === texels) return values;
  const padded = new Float32Array(texels * channels);
  if (channels === 1) padded.set(values);
  else for (let i = 0; i < values.length; i++) padded[i * channels] = values[i]!;
  return padded;
}

function everyNth(pixels: Float32Array, stride: number, length: number): Float32Array {
  if (stride === 1) return pixels.length === length ? pixels : pixels.slice(0, length);
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = pixels[stride * i]!;
  return values;
}

/** When the device has done what it was asked for up to now; or is lost, which is for the caller to see. Asks again and again, giving the page its turns. */
function passed(gl: WebGL2RenderingContext): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  // Without it the commands may wait to be handed over.
  gl.flush();
  // Messages come without the pause that timers make after a few turns.
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      const isOver = fence === null || gl.isContextLost() || gl.clientWaitSync(fence, 0, 0) !== gl.TIMEOUT_EXPIRED;
      if (!isOver) {
        port2.postMessage(0);
        return;
      }
      gl.deleteSync(fence);
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
