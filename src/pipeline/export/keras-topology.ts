// The network in Keras's own words (Keras 2 JSON), which tfjs's layers loader and Keras's .h5 loader both read.
import { kerasOrder } from './keras-order';
import type { Layer, Padding, Tensor } from './network';

/** A weight in the order Keras keeps them: its layer, its name within the layer, its numbers. */
export interface NamedWeight {
  layer: string;
  name: string;
  tensor: Tensor;
}

interface KerasLayer {
  class_name: string;
  name: string;
  config: Record<string, unknown>;
  inbound_nodes: [name: string, node: 0, tensor: 0, options: object][][];
}

/**
 * The functional model's configuration. Initialisers are zeros because every weight is replaced at once, and drawing 25
 * million random numbers first would cost a second. `className` is "Functional" for Keras and "Model" for tfjs, whose
 * oldest versions know only that.
 */
export function kerasModel(layers: Layer[], className: 'Functional' | 'Model'): object {
  const first = layers[0]?.name;
  const last = layers.at(-1)?.name;
  return {
    class_name: className,
    config: {
      name: 'gleaner',
      trainable: true,
      layers: layers.flatMap(kerasLayers),
      input_layers: [[first, 0, 0]],
      output_layers: [[last, 0, 0]],
    },
  };
}

/** Every weight in the order in which Keras itself would write them. */
export function weightsInKerasOrder(layers: Layer[]): NamedWeight[] {
  const readers = layers.flatMap(kerasLayers).map(({ name, inbound_nodes: [nodes = []] }) => ({
    name,
    from: nodes.map(([from]) => from),
  }));
  const places = new Map(kerasOrder(readers).map((name, i) => [name, i]));
  return namedWeights(layers).sort((a, b) => (places.get(a.layer) ?? 0) - (places.get(b.layer) ?? 0));
}

/** Every weight, in the order of the layers. */
export function namedWeights(layers: Layer[]): NamedWeight[] {
  return layers.flatMap(layer => {
    const named = (tensors: Record<string, Tensor>) =>
      Object.entries(tensors).map(([name, tensor]) => ({ layer: layer.name, name, tensor }));
    if (layer.kind === 'depthwise') return named({ depthwise_kernel: layer.kernel, bias: layer.bias });
    if (layer.kind === 'convolution' || layer.kind === 'dense')
      return named({ kernel: layer.kernel, bias: layer.bias });
    return layer.kind === 'normalise' ? named({ ...layer.scale }) : [];
  });
}

/** Padding becomes a layer of its own: Keras's "same" puts the odd zero at the end, some networks one on each side. */
function kerasLayers(layer: Layer): KerasLayer[] {
  switch (layer.kind) {
    case 'input':
      return [keras('InputLayer', layer.name, { batch_input_shape: [null, ...layer.shape], sparse: false }, [])];
    case 'convolution':
    case 'depthwise': {
      const [height, width, , last] = layer.kernel.shape;
      const depthwise = layer.kind === 'depthwise';
      const padded = pad(layer.name, layer.from, layer.padding);
      const config = {
        ...(depthwise ? { depth_multiplier: last, depthwise_initializer: zeros() } : { filters: last }),
        kernel_size: [height, width],
        strides: [layer.stride, layer.stride],
        padding: 'valid',
        data_format: 'channels_last',
        dilation_rate: [1, 1],
        activation: layer.relu ? 'relu' : 'linear',
        ...(depthwise ? { use_bias: true, bias_initializer: zeros() } : weightsOf()),
      };
      return [...padded.layers, keras(depthwise ? 'DepthwiseConv2D' : 'Conv2D', layer.name, config, [padded.from])];
    }
    case 'max-pool': {
      const padded = pad(layer.name, layer.from, layer.padding);
      const config = {
        pool_size: [layer.size, layer.size],
        strides: [layer.stride, layer.stride],
        padding: 'valid',
        data_format: 'channels_last',
      };
      return [...padded.layers, keras('MaxPooling2D', layer.name, config, [padded.from])];
    }
    case 'add':
      if (!layer.relu) return [keras('Add', layer.name, {}, layer.from)];
      return [
        keras('Add', `${layer.name}_add`, {}, layer.from),
        keras('Activation', layer.name, { activation: 'relu' }, [`${layer.name}_add`]),
      ];
    // As a layer, because Keras 2 has no activation of this name.
    case 'relu6':
      return [keras('ReLU', layer.name, { max_value: 6 }, [layer.from])];
    case 'average':
      return [keras('GlobalAveragePooling2D', layer.name, { data_format: 'channels_last' }, [layer.from])];
    case 'concatenate':
      return [keras('Concatenate', layer.name, { axis: -1 }, layer.from)];
    case 'dense': {
      const config = { units: layer.bias.values.length, activation: layer.activation, ...weightsOf() };
      return [keras('Dense', layer.name, config, [layer.from])];
    }
    case 'normalise': {
      const config = {
        axis: -1,
        momentum: 0.99,
        epsilon: layer.epsilon,
        center: true,
        scale: true,
        beta_initializer: zeros(),
        gamma_initializer: zeros(),
        moving_mean_initializer: zeros(),
        moving_variance_initializer: zeros(),
      };
      return [keras('BatchNormalization', layer.name, config, [layer.from])];
    }
  }
}

function keras(className: string, name: string, config: object, from: string[]): KerasLayer {
  return {
    class_name: className,
    name,
    config: { name, trainable: true, dtype: 'float32', ...config },
    inbound_nodes: from.length > 0 ? [from.map(source => [source, 0, 0, {}])] : [],
  };
}

function pad(name: string, from: string, padding: Padding): { layers: KerasLayer[]; from: string } {
  if (Math.max(...padding) === 0) return { layers: [], from };
  const config = { padding: [padding, padding], data_format: 'channels_last' };
  return { layers: [keras('ZeroPadding2D', `${name}_pad`, config, [from])], from: `${name}_pad` };
}

function weightsOf() {
  return { use_bias: true, kernel_initializer: zeros(), bias_initializer: zeros() };
}

function zeros() {
  return { class_name: 'Zeros', config: {} };
}
