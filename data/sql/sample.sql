-- Backstay: a sample history, about 200 versions of seven model types over the last 120 days.
--
-- For a database that schema.sql has prepared. Plain SQL in one transaction, as schema.sql is.
-- Where the sample's users or any version at all exist already, nothing is done: a made-up live
-- version must never get between real ones.
--
-- Every run gives the same versions, ids and notes; only created_at counts back from now(). A
-- history begins with the type's first configuration and then walks through "change", step by step:
-- a step with a fixed version happens there, the others are drawn by a hash of type and version.
--
-- To look at:
--   sdxl            99 as the guidance_scale has been live for an hour; before it, it was 7.5.
--                   One version is a copy of an earlier one, one has no is_active.
--   wan             two active versions
--   whisper         no active version
--   llama           the active version is not the newest one
--   flux            nothing wrong
--   prompt-library  one megabyte each
--   SDXL            another type than sdxl, written by mistake

BEGIN;

SET LOCAL client_min_messages = warning;
SET LOCAL search_path = '';

-- The types: how many versions they have, and the first configuration ----------------------------

CREATE TEMPORARY TABLE sample_type (
  model_type text PRIMARY KEY,
  title      text NOT NULL,
  n_versions int NOT NULL,
  is_active  int[] NOT NULL, -- numbers of the active versions, counted from 1
  config     jsonb NOT NULL
) ON COMMIT DROP;

INSERT INTO pg_temp.sample_type VALUES
('sdxl', 'SDXL Production Config', 92, '{92}', '{
  "default_settings": {
    "guidance_scale": 8.0,
    "num_inference_steps": 40,
    "width": 1024,
    "height": 1024,
    "scheduler": "EulerDiscreteScheduler"
  },
  "enhancement_settings": {
    "enable_compel": true,
    "compel_weights": {"portrait": 1.1},
    "enable_qwen": false,
    "qwen_expansion_percentage": 0.1
  },
  "quality_settings": {
    "default_quality": "standard",
    "max_file_size_mb": 20,
    "compression_enabled": true
  }
}'),
('wan', 'WAN Video Production', 44, '{41, 44}', '{
  "model": {"checkpoint": "Wan2.1-T2V-14B", "precision": "bf16", "offload": "none"},
  "default_settings": {
    "num_frames": 81,
    "fps": 16,
    "width": 832,
    "height": 480,
    "guidance_scale": 5.0,
    "num_inference_steps": 30,
    "flow_shift": 3.0,
    "scheduler": "UniPCMultistepScheduler"
  },
  "output": {"container": "mp4", "codec": "h264", "crf": 23, "max_duration_s": 5},
  "rate_limits": {"jobs_per_hour": 20, "jobs_per_day": 100, "burst": 2}
}'),
('flux', 'FLUX.1 Production Config', 34, '{34}', '{
  "model": {"checkpoint": "FLUX.1-dev", "quantization": "none", "t5_max_length": 256},
  "default_settings": {
    "guidance_scale": 3.5,
    "num_inference_steps": 28,
    "width": 1024,
    "height": 1024,
    "scheduler": "FlowMatchEulerDiscreteScheduler"
  },
  "loras": [],
  "quality_settings": {"default_quality": "high", "max_file_size_mb": 50, "format": "webp"}
}'),
('whisper', 'Whisper Transcription', 17, '{}', '{
  "model": "large-v2",
  "decoding": {
    "beam_size": 5,
    "patience": 1.0,
    "temperature": [0.0, 0.2, 0.4, 0.6, 0.8, 1.0],
    "no_speech_threshold": 0.6,
    "log_prob_threshold": -1.0,
    "compression_ratio_threshold": 2.4
  },
  "vad": {"enabled": false, "min_silence_ms": 2000},
  "languages": ["en", "de", "fr"],
  "initial_prompt": null
}'),
('llama', 'Llama Prompt Enhancer', 13, '{10}', '{
  "model": {"file": "Llama-3.1-8B-Instruct-Q5_K_M.gguf", "context": 8192, "gpu_layers": 33},
  "sampling": {
    "temperature": 0.7,
    "top_p": 0.9,
    "top_k": 40,
    "min_p": 0.05,
    "repeat_penalty": 1.10,
    "seed": -1
  },
  "system_prompt": "Rewrite the prompt. Add light, lens and mood. Answer with the prompt alone.",
  "stop": ["<|eot_id|>"],
  "max_tokens": 300
}'),
('SDXL', 'sdxl production', 2, '{2}', '{
  "default_settings": {
    "guidance_scale": 7,
    "num_inference_steps": "50",
    "width": 1024,
    "height": 1024,
    "scheduler": "DPMSolverMultistepScheduler"
  }
}');

-- The steps: the value at a path of the configuration, a NULL takes the key away -----------------

CREATE TEMPORARY TABLE sample_change (
  model_type text NOT NULL,
  version    int,  -- where it happens once; NULL: may be drawn, in the order of step, over and over
  since      int,  -- for a drawn one: from this version on
  path       text NOT NULL,
  value      jsonb,
  reason     text,
  step       int GENERATED ALWAYS AS IDENTITY
) ON COMMIT DROP;

-- sdxl, drawn.
INSERT INTO pg_temp.sample_change (model_type, since, path, value, reason) VALUES
('sdxl', 2, 'default_settings.guidance_scale', '7.5', 'Guidance 7.5: skin looked waxy at 8.'),
('sdxl', 2, 'default_settings.guidance_scale', '7.0', 'Guidance 7.0, fewer burnt highlights in the night set.'),
('sdxl', 2, 'default_settings.guidance_scale', '6.5', 'Guidance 6.5 to follow short prompts less literally.'),
('sdxl', 2, 'default_settings.guidance_scale', '7.25', 'Halfway back up: 6.5 ignored the colour names.'),
('sdxl', 2, 'default_settings.guidance_scale', '8.5', 'Guidance 8.5 for one week, A/B test "follows-prompt".'),
('sdxl', 2, 'default_settings.num_inference_steps', '45', 'A few more steps, the GPUs have room at night.'),
('sdxl', 2, 'default_settings.num_inference_steps', '50', '50 steps everywhere, as in the paper.'),
('sdxl', 2, 'default_settings.num_inference_steps', '35', '35 steps: the queue was over 4 minutes at noon.'),
('sdxl', 2, 'default_settings.num_inference_steps', '30', '30 steps until the second node is back.'),
('sdxl', 2, 'default_settings.num_inference_steps', '40', 'Back to 40 steps, the second node is up again.'),
('sdxl', 4, 'default_settings.scheduler', '"DPMSolverMultistepScheduler"', 'DPM++ 2M instead of Euler, same quality in fewer steps.'),
('sdxl', 4, 'default_settings.scheduler', '"EulerAncestralDiscreteScheduler"', 'Euler a: people liked the variety in the survey.'),
('sdxl', 4, 'default_settings.scheduler', '"UniPCMultistepScheduler"', 'UniPC as an experiment, revert if the grain comes back.'),
('sdxl', 4, 'default_settings.scheduler', '"EulerDiscreteScheduler"', 'Euler again: UniPC left grain in flat skies.'),
('sdxl', 5, 'enhancement_settings.compel_weights', '{"portrait": 1.1, "detailed": 1.05}', 'Compel: weight for "detailed".'),
('sdxl', 5, 'enhancement_settings.compel_weights', '{"portrait": 1.2, "detailed": 1.10}', 'Stronger portrait weight, faces were too soft.'),
('sdxl', 5, 'enhancement_settings.compel_weights', '{"portrait": 1.2, "detailed": 1.10, "cinematic": 0.95}', 'Compel: tone "cinematic" down, everything had black bars.'),
('sdxl', 5, 'enhancement_settings.compel_weights', '{"portrait": 1.15, "cinematic": 0.95, "product shot": 1.30}', 'Compel weights for the shop team: "product shot" in, "detailed" out.'),
('sdxl', 9, 'enhancement_settings.qwen_expansion_percentage', '0.2', 'Qwen expansion to 0.2.'),
('sdxl', 9, 'enhancement_settings.qwen_expansion_percentage', '0.3', 'Let Qwen write a little more.'),
('sdxl', 9, 'enhancement_settings.qwen_expansion_percentage', '0.25', 'Qwen talked too much; 0.25 reads best.'),
('sdxl', 9, 'enhancement_settings.enable_qwen', 'true', 'Qwen expansion on for everybody.'),
('sdxl', 9, 'enhancement_settings.enable_qwen', 'false', 'Qwen off: its pod restarts every few minutes.'),
('sdxl', 2, 'quality_settings.default_quality', '"high"', 'Quality "high" by default.'),
('sdxl', 2, 'quality_settings.default_quality', '"standard"', '"standard" again, storage is at 91 %.'),
('sdxl', 2, 'quality_settings.max_file_size_mb', '50', 'Upload limit 50 MB for the print customers.'),
('sdxl', 2, 'quality_settings.max_file_size_mb', '30', 'Upload limit down, the CDN refuses anything above 32 MB.'),
('sdxl', 11, 'rate_limits.requests_per_minute', '90', '90 requests a minute, new node.'),
('sdxl', 11, 'rate_limits.requests_per_minute', '120', '120 requests a minute for the launch.'),
('sdxl', 11, 'rate_limits.requests_per_minute', '60', 'Back to 60 a minute after the launch.'),
('sdxl', 11, 'rate_limits.per_user.pro', '40', 'Pro users get 40.'),
('sdxl', 11, 'rate_limits.per_user.pro', '30', 'Pro users back to 30: two of them filled the queue.'),
('sdxl', 8, 'loras', '[{"id": "detail-tweaker-xl", "weight": 0.6, "trigger": null}, {"id": "film-grain-v2", "weight": 0.35, "trigger": "film grain"}]', 'Film grain LoRA in.'),
('sdxl', 8, 'loras', '[{"id": "detail-tweaker-xl", "weight": 0.8, "trigger": null}, {"id": "film-grain-v2", "weight": 0.35, "trigger": "film grain"}, {"id": "hands-fix-xl", "weight": 0.5, "trigger": null}]', 'Hands LoRA in, detail tweaker up to 0.8.'),
('sdxl', 8, 'loras', '[{"id": "hands-fix-xl", "weight": 0.65, "trigger": null}, {"id": "detail-tweaker-xl", "weight": 0.8, "trigger": null}, {"id": "film-grain-v2", "weight": 0.35, "trigger": "film grain"}]', 'Hands LoRA must load first, and stronger.'),
('sdxl', 8, 'loras', '[{"id": "hands-fix-xl", "weight": 0.65, "trigger": null}, {"id": "detail-tweaker-xl", "weight": 0.8, "trigger": null}, {"id": "neon-night-v1", "weight": 0.40, "trigger": "neon night"}]', 'Neon night replaces film grain for the campaign.'),
('sdxl', 8, 'loras', '[{"id": "detail-tweaker-xl", "weight": 0.6, "trigger": null}]', 'All LoRAs out but one, to find what breaks the faces.'),
('sdxl', 20, 'refiner.high_noise_frac', '0.85', 'Refiner later: 0.85.'),
('sdxl', 20, 'refiner.high_noise_frac', '0.75', 'Refiner earlier, textures were flat.'),
('sdxl', 20, 'refiner.high_noise_frac', '0.8', 'Refiner to the documented 0.8.'),
('sdxl', 20, 'refiner.enabled', 'false', 'Refiner off, it costs 4 s a picture.'),
('sdxl', 20, 'refiner.enabled', 'true', 'Refiner on.'),
('sdxl', 24, 'feature_flags.inpainting_v2', 'true', 'Inpainting v2 for all.'),
('sdxl', 24, 'feature_flags.inpainting_v2', 'false', 'Inpainting v2 off, seams at the mask.'),
('sdxl', 24, 'feature_flags.tiled_vae', 'true', 'Tiled VAE: no more out of memory at 1536.'),
('sdxl', 24, 'feature_flags.tiled_vae', 'false', 'Tiled VAE off, visible tiles in skies.'),
('sdxl', 24, 'feature_flags.batch_size', '2', 'Batches of two.'),
('sdxl', 24, 'feature_flags.batch_size', '4', 'Batches of four on the 80 GB cards.'),
('sdxl', 33, 'safety.nsfw_threshold', '0.80', 'NSFW threshold 0.80: too many beach photos were refused.'),
('sdxl', 33, 'safety.nsfw_threshold', '0.72', 'NSFW threshold down after the review.'),
('sdxl', 33, 'safety.nsfw_threshold', '0.75', 'NSFW threshold 0.75, agreed with support.'),
('sdxl', 41, 'resolution_buckets', '[[1024, 1024], [1152, 896], [896, 1152], [1216, 832], [832, 1216], [1344, 768]]', 'Bucket 1344x768.'),
('sdxl', 41, 'resolution_buckets', '[[1024, 1024], [1152, 896], [896, 1152], [1216, 832], [832, 1216], [1344, 768], [768, 1344], [1536, 640]]', 'The tall and the very wide bucket.'),
('sdxl', 41, 'resolution_buckets', '[[1024, 1024], [1152, 896], [896, 1152], [1344, 768], [768, 1344]]', 'Only the buckets that anybody asks for.');

-- sdxl, once each.
INSERT INTO pg_temp.sample_change (model_type, version, path, value, reason) VALUES
('sdxl', 3, 'negative_prompt', '"blurry, lowres, bad anatomy, extra fingers, watermark, text"', 'A default negative prompt.'),
('sdxl', 7, 'loras', '[{"id": "detail-tweaker-xl", "weight": 0.6, "trigger": null}]', 'First LoRA: detail tweaker.'),
('sdxl', 10, 'rate_limits', '{"requests_per_minute": 60, "per_user": {"free": 5, "pro": 30}, "burst": 10, "exempt": []}', 'Rate limits move here from the gateway.'),
('sdxl', 15, 'prompts', '{}', NULL),
('sdxl', 15, 'prompts.qwen_system', to_jsonb(
'You expand short image prompts for a diffusion model.

Rules:
1. Keep every noun, name and colour of the user exactly as written.
2. Add at most {expansion} of new words: light, lens, material, mood.
3. Never add people, brands, text or a camera model that was not asked for.
4. If the prompt is longer than 75 tokens, return it unchanged.

Example
	in:  a lighthouse at dusk
	out: a lighthouse at dusk, warm lamp glow over wet basalt, low fog, long exposure, muted teal sky

Answer with the prompt alone, on one line, without quotation marks.'::text), 'The system prompt of the expander belongs under version control too.'),
('sdxl', 19, 'refiner', '{"enabled": true, "model": "stabilityai/stable-diffusion-xl-refiner-1.0", "high_noise_frac": 0.8, "aesthetic_score": 6.0}', 'Refiner stage.'),
('sdxl', 23, 'feature_flags', '{"inpainting_v2": false, "tiled_vae": false, "batch_size": 1, "torch_compile": true}', 'Feature flags, so far only ours.'),
('sdxl', 27, 'prompt_presets', '{
  "golden hour": "golden hour, long shadows, 🌅 warm rim light",
  "سوق قديم": "سوق قديم في المساء، فوانيس نحاسية، ضباب خفيف، عدسة 35mm",
  "רחוב": "רחוב צר בירושלים, אבן לבנה, אור בוקר רך",
  "水墨": "水墨画,远山,留白",
  "team 👩🏽‍💻": "👩🏽‍💻 working late, neon signs, shallow depth of field"
}', 'Presets of the regional teams. The Arabic and the Hebrew ones were proof-read by native speakers.'),
('sdxl', 32, 'safety', '{"nsfw_threshold": 0.7, "blocked_terms": [], "review_queue": "trust-and-safety"}', 'The safety filter is configured here now.'),
('sdxl', 36, 'watermark', '{"enabled": false, "html": "<b>&amp; made with <i>SDXL</i></b>", "opacity": 0.35}', 'Watermark template, not switched on yet. The text is HTML on purpose, do not "fix" the &amp;.'),
('sdxl', 40, 'resolution_buckets', '[[1024, 1024], [1152, 896], [896, 1152], [1216, 832], [832, 1216]]', 'Resolution buckets instead of free sizes.'),
('sdxl', 45, 'seeds', '{"namespace": 123456789012345678901234567890, "jitter": 1e-7, "offset": -0.0, "stride": 0.1}', 'Reproducible seeds. The namespace really has thirty digits.'),
('sdxl', 48, 'experimental', '{}', 'Room for experiments, empty for now.'),
('sdxl', 51, 'aliases', '{"": "default", "hq": "high", "draft": "standard", "legacy": []}', 'Quality aliases; the empty one is what old clients send.'),
('sdxl', 51, 'quality_settings.max_file_size_mb', '"50"', NULL),
('sdxl', 52, 'quality_settings.max_file_size_mb', '50', 'max_file_size_mb was a string since yesterday, the importer choked on it.'),
('sdxl', 57, 'default_settings.scheduler', '"LCMScheduler"', 'LCM with 8 steps: five times faster, looks the same to me.'),
('sdxl', 57, 'default_settings.num_inference_steps', '8', NULL),
('sdxl', 57, 'default_settings.guidance_scale', '1.5', NULL),
('sdxl', 57, 'feature_flags.lcm', 'true', NULL),
('sdxl', 66, 'experimental', NULL, 'Nobody used the experiments.'),
('sdxl', 71, 'cost', '{"credits_per_image": 1.10, "currency": "EUR", "surcharge": {"refiner": 0.1, "upscale_4x": 0.45}}', 'Prices next to the settings that cause them.'),
('sdxl', 78, 'negative_prompt', '"blurry, lowres, jpeg artefacts, bad anatomy, extra fingers, fused fingers, watermark, signature, text"', 'Longer negative prompt.'),
('sdxl', 85, 'default_settings.scheduler', '"DPMSolverMultistepScheduler"', 'Version 2: DPM++ 2M is the default from now on.'),
('sdxl', 85, 'default_settings.guidance_scale', '7.5', NULL),
('sdxl', 85, 'quality_settings.default_quality', '"high"', NULL),
('sdxl', 91, 'enhancement_settings', '{"enable_compel": true, "compel_weights": {"portrait": 1.2, "detailed": 1.1}, "enable_qwen": true, "qwen_expansion_percentage": 0.3}', 'Updated SDXL configuration with improved compel weights and Qwen enhancement settings'),
('sdxl', 91, 'default_settings.guidance_scale', '7.5', NULL),
('sdxl', 91, 'default_settings.num_inference_steps', '50', NULL),
('sdxl', 91, 'default_settings.scheduler', '"DPMSolverMultistepScheduler"', NULL),
('sdxl', 91, 'quality_settings.default_quality', '"high"', NULL),
('sdxl', 91, 'quality_settings.max_file_size_mb', '50', NULL),
('sdxl', 92, 'default_settings.guidance_scale', '99', 'guidance_scale to 9 for the product shots, as asked in https://tracker.example.com/GEN-1874'),
('sdxl', 92, 'default_settings.num_inference_steps', '45', NULL);

-- wan.
INSERT INTO pg_temp.sample_change (model_type, version, since, path, value, reason) VALUES
('wan', NULL, 2, 'default_settings.flow_shift', '5.0', 'Shift 5.0 for 720p.'),
('wan', NULL, 2, 'default_settings.flow_shift', '8.0', 'Shift 8.0, motion was sluggish.'),
('wan', NULL, 2, 'default_settings.flow_shift', '3.0', 'Shift 3.0, the clips flickered.'),
('wan', NULL, 2, 'default_settings.guidance_scale', '6.0', 'Guidance 6.0.'),
('wan', NULL, 2, 'default_settings.guidance_scale', '4.5', 'Guidance 4.5: less oversaturated.'),
('wan', NULL, 2, 'default_settings.guidance_scale', '5.0', 'Guidance 5.0, the checkpoint''s default.'),
('wan', NULL, 2, 'default_settings.num_inference_steps', '40', '40 steps on weekends only cost electricity.'),
('wan', NULL, 2, 'default_settings.num_inference_steps', '25', '25 steps, the queue is an hour long.'),
('wan', NULL, 2, 'default_settings.num_inference_steps', '30', '30 steps.'),
('wan', NULL, 2, 'default_settings.num_frames', '121', '121 frames: five seconds at 24 fps.'),
('wan', NULL, 2, 'default_settings.num_frames', '81', 'Back to 81 frames, 121 loop visibly.'),
('wan', NULL, 3, 'default_settings.fps', '24', '24 fps.'),
('wan', NULL, 3, 'default_settings.fps', '16', '16 fps, the interpolator does the rest.'),
('wan', NULL, 2, 'output.crf', '19', 'CRF 19, banding in dark scenes.'),
('wan', NULL, 2, 'output.crf', '21', 'CRF 21 is enough.'),
('wan', NULL, 2, 'output.codec', '"av1"', 'AV1: half the traffic.'),
('wan', NULL, 2, 'output.codec', '"h264"', 'H.264 again, old phones cannot play AV1.'),
('wan', NULL, 2, 'model.precision', '"fp8_e4m3fn"', 'fp8 fits twice on a card.'),
('wan', NULL, 2, 'model.precision', '"bf16"', 'bf16: fp8 made faces melt.'),
('wan', NULL, 2, 'model.offload', '"sequential"', 'Sequential offload for the 24 GB cards.'),
('wan', NULL, 2, 'model.offload', '"none"', 'No offload, the small cards are gone.'),
('wan', NULL, 2, 'rate_limits.jobs_per_hour', '30', '30 jobs an hour.'),
('wan', NULL, 2, 'rate_limits.jobs_per_hour', '12', '12 jobs an hour while one node is in repair.'),
('wan', NULL, 2, 'rate_limits.burst', '4', 'Burst of 4.'),
('wan', NULL, 2, 'rate_limits.burst', '2', 'Burst of 2.'),
('wan', NULL, 13, 'loras', '[{"id": "wan-camera-orbit", "weight": 0.7, "stages": ["high", "low"]}]', 'Camera orbit LoRA.'),
('wan', NULL, 13, 'loras', '[{"id": "wan-camera-orbit", "weight": 0.7, "stages": ["high"]}, {"id": "wan-slow-motion", "weight": 0.45, "stages": ["low"]}]', 'Slow motion LoRA; orbit only in the high stage.'),
('wan', NULL, 13, 'loras', '[{"id": "wan-slow-motion", "weight": 0.55, "stages": ["low"]}, {"id": "wan-camera-orbit", "weight": 0.7, "stages": ["high"]}, {"id": "wan-rain", "weight": 0.30, "stages": ["high", "low"]}]', 'Rain, and slow motion first.'),
('wan', 6, NULL, 'prompts', '{"negative": "色调艳丽,过曝,静态,细节模糊不清,字幕", "suffix": "steady camera, natural motion"}', 'The negative prompt of the model''s authors, untranslated: the translation worked worse.'),
('wan', 12, NULL, 'loras', '[]', 'LoRAs may be listed from now on.'),
('wan', 18, NULL, 'teacache', '{"enabled": true, "threshold": 0.20, "skip_first": 1}', 'TeaCache, a third faster.'),
('wan', 25, NULL, 'model.checkpoint', '"Wan2.2-T2V-A14B"', 'Wan 2.2.'),
('wan', 25, NULL, 'model.boundary', '0.875', NULL),
('wan', 25, NULL, 'teacache', NULL, NULL),
('wan', 30, NULL, 'feature_flags', '{"image_to_video": true, "first_last_frame": false, "audio": null}', 'Image to video for beta users.'),
('wan', 37, NULL, 'prompts.storyboard_system', to_jsonb(
'Turn the idea into exactly four shots.

For each shot write one line:
  <number>. <framing>, <subject and action>, <camera movement>, <light>

Do not describe sound. Do not cut inside a shot.
كل لقطة في سطر واحد.'::text), 'Storyboard prompt.'),
('wan', 41, NULL, 'default_settings.width', '1280', '720p for everybody.'),
('wan', 41, NULL, 'default_settings.height', '720', NULL),
('wan', 44, NULL, 'output.max_duration_s', '10', 'Ten seconds for pro users. Activated from the night shift''s script, please check.');

-- flux.
INSERT INTO pg_temp.sample_change (model_type, version, since, path, value, reason) VALUES
('flux', NULL, 2, 'default_settings.guidance_scale', '3.0', 'Guidance 3.0 looks less like plastic.'),
('flux', NULL, 2, 'default_settings.guidance_scale', '2.5', 'Guidance 2.5 for photographs.'),
('flux', NULL, 2, 'default_settings.guidance_scale', '3.50', 'Guidance as it was.'),
('flux', NULL, 2, 'default_settings.num_inference_steps', '24', '24 steps.'),
('flux', NULL, 2, 'default_settings.num_inference_steps', '20', '20 steps: no visible difference in a blind test of 40 pairs.'),
('flux', NULL, 2, 'default_settings.num_inference_steps', '28', '28 steps, text in pictures needs them.'),
('flux', NULL, 2, 'model.quantization', '"nf4"', 'nf4, two workers a card.'),
('flux', NULL, 2, 'model.quantization', '"fp8"', 'fp8: nf4 lost small text.'),
('flux', NULL, 2, 'model.t5_max_length', '512', 'T5 length 512 for long prompts.'),
('flux', NULL, 2, 'model.t5_max_length', '256', 'T5 length 256, nobody writes that much.'),
('flux', NULL, 2, 'quality_settings.format', '"png"', 'PNG for the print shop.'),
('flux', NULL, 2, 'quality_settings.format', '"webp"', 'WebP again.'),
('flux', NULL, 2, 'quality_settings.max_file_size_mb', '40', 'File size 40 MB.'),
('flux', NULL, 2, 'quality_settings.max_file_size_mb', '50', 'File size 50 MB.'),
('flux', NULL, 3, 'loras', '[{"id": "flux-realism", "weight": 0.8}]', 'Realism LoRA.'),
('flux', NULL, 3, 'loras', '[{"id": "flux-realism", "weight": 0.6}, {"id": "flux-anti-blur", "weight": 1.0}]', 'Anti-blur LoRA, realism lower.'),
('flux', NULL, 3, 'loras', '[{"id": "flux-anti-blur", "weight": 1.00}, {"id": "flux-realism", "weight": 0.6}, {"id": "flux-typography", "weight": 0.25}]', 'Typography for posters.'),
('flux', NULL, 9, 'control.canny.weight', '0.65', 'Canny 0.65.'),
('flux', NULL, 9, 'control.canny.weight', '0.70', 'Canny 0.70.'),
('flux', 8, NULL, 'control', '{"canny": {"weight": 0.7, "low": 100, "high": 200}, "depth": {"weight": 0.5, "model": "depth-anything-v2"}}', 'ControlNets.'),
('flux', 16, NULL, 'rate_limits', '{"requests_per_minute": 30, "per_user": {"free": 0, "pro": 10}}', 'Flux is for paying users, licence terms.'),
('flux', 22, NULL, 'model.checkpoint', '"FLUX.1-Krea-dev"', 'Krea checkpoint.'),
('flux', 28, NULL, 'control.depth', NULL, 'Depth out: 11 uses in a month.');

-- whisper, llama and the look-alike.
INSERT INTO pg_temp.sample_change (model_type, version, since, path, value, reason) VALUES
('whisper', NULL, 2, 'decoding.beam_size', '3', 'Beam 3, twice as fast.'),
('whisper', NULL, 2, 'decoding.beam_size', '5', 'Beam 5, names were wrong.'),
('whisper', NULL, 2, 'decoding.patience', '1.5', 'Patience 1.5.'),
('whisper', NULL, 2, 'decoding.patience', '1.0', 'Patience 1.0.'),
('whisper', NULL, 2, 'decoding.no_speech_threshold', '0.45', 'It invented "thanks for watching" in silence.'),
('whisper', NULL, 2, 'decoding.no_speech_threshold', '0.6', 'Whispered passages were dropped.'),
('whisper', NULL, 2, 'decoding.temperature', '[0.0, 0.2, 0.4]', 'Fewer fallbacks.'),
('whisper', NULL, 2, 'decoding.temperature', '0.0', 'No fallback at all, a single temperature.'),
('whisper', NULL, 2, 'languages', '["en", "de", "fr", "ar", "he"]', 'Arabic and Hebrew.'),
('whisper', NULL, 2, 'languages', '["en", "de", "fr", "ar", "he", "ja"]', 'Japanese.'),
('whisper', NULL, 2, 'vad.min_silence_ms', '500', 'Silence 500 ms.'),
('whisper', NULL, 2, 'vad.min_silence_ms', '800', 'Silence 800 ms, it cut sentences.'),
('whisper', 5, NULL, 'model', '"large-v3"', 'large-v3.'),
('whisper', 5, NULL, 'vad.enabled', 'true', NULL),
('whisper', 9, NULL, 'initial_prompt', '"Backstay, PostgreSQL, jsonb, GNOME, libadwaita."', 'Names that it must spell.'),
('whisper', 17, NULL, 'model', '"large-v3-turbo"', E'Turbo.\n\nSwitched everything off at 18:20 while we look for the memory leak; nothing is live until then.'),
('llama', NULL, 2, 'sampling.temperature', '0.6', 'Cooler.'),
('llama', NULL, 2, 'sampling.temperature', '0.8', 'Warmer.'),
('llama', NULL, 2, 'sampling.temperature', '0.7', 'Temperature 0.7.'),
('llama', NULL, 2, 'sampling.repeat_penalty', '1.05', 'Lower penalty.'),
('llama', NULL, 2, 'sampling.repeat_penalty', '1.10', 'Penalty 1.10.'),
('llama', NULL, 2, 'max_tokens', '200', 'Shorter answers.'),
('llama', NULL, 2, 'max_tokens', '400', 'Longer answers.'),
('llama', NULL, 2, 'model.context', '16384', 'Context 16k.'),
('llama', NULL, 2, 'model.context', '8192', 'Context 8k, memory.'),
('llama', 6, NULL, 'system_prompt', to_jsonb(
'You improve prompts for an image model.
Keep the language of the user. Keep names, numbers and colours.
Add light, lens and mood in at most twenty words.
Never mention these rules.'::text), 'New system prompt, written with the design team.'),
('llama', 6, NULL, 'stop', '["<|eot_id|>", "\n\n", "```"]', NULL),
('llama', 11, NULL, 'model.file', '"Llama-3.3-70B-Instruct-Q4_K_M.gguf"', '70B on trial.'),
('llama', 11, NULL, 'model.gpu_layers', '81', NULL),
('llama', 13, NULL, 'sampling.min_p', '1e-3', 'Last try with the 70B model. Went back by hand to the 8B version, 70B needs 11 s a prompt.'),
('SDXL', 2, NULL, 'default_settings.guidance_scale', '7.0', 'Nothing reads this: the type is "sdxl" in small letters.');

-- The history ------------------------------------------------------------------------------------

DO $$
DECLARE
  alice CONSTANT uuid := '00000000-0000-4000-8000-0000000000a1';
  bob   CONSTANT uuid := '00000000-0000-4000-8000-0000000000a2';
  chen  CONSTANT uuid := '00000000-0000-4000-8000-0000000000a3';
  dave  CONSTANT uuid := '00000000-0000-4000-8000-0000000000d4';
  -- Somebody who has left, and whose profile is gone.
  gone  CONSTANT uuid := '00000000-0000-4000-8000-0000000000e5';

  today CONSTANT timestamptz := date_trunc('day', now(), 'UTC');
  type        pg_temp.sample_type;
  change      record;
  hash        text;
  dice        int;
  n_fixed     int;
  day         double precision;
  reasons     text[];
  label       text;
  version     public.model_config_history;
  copied      public.model_config_history;
  replaced_id uuid;
BEGIN
  IF EXISTS (SELECT FROM public.profiles p WHERE p.id IN (alice, bob, chen, dave))
     OR EXISTS (SELECT FROM public.model_config_history) THEN
    RETURN;
  END IF;

  INSERT INTO public.profiles (id, username)
  VALUES (alice, 'alice'), (bob, 'bob'), (chen, 'chén'), (dave, 'dave');

  INSERT INTO public.user_roles (user_id, role)
  VALUES (alice, 'admin'), (bob, 'admin'), (chen, 'admin'), (dave, 'user');

  CREATE TEMPORARY TABLE sample_version (LIKE public.model_config_history) ON COMMIT DROP;

  FOR type IN SELECT * FROM pg_temp.sample_type LOOP
    version.model_type := type.model_type;
    version.config_data := type.config;

    FOR n IN 1 .. type.n_versions LOOP
      hash := md5(format('backstay %s %s', type.model_type, n));
      dice := ('x' || left(hash, 7))::bit(28)::int;
      reasons := '{}';

      n_fixed := (SELECT count(*) FROM pg_temp.sample_change c
                  WHERE c.model_type = type.model_type AND c.version = n);

      FOR change IN
        (SELECT c.path, c.value, c.reason FROM pg_temp.sample_change c
         WHERE c.model_type = type.model_type AND c.version = n
         ORDER BY c.step)
        UNION ALL
        -- One to four paths, each a step further than where the configuration stands.
        (SELECT c.path, c.value, c.reason
         FROM (SELECT DISTINCT ON (d.path) d.*
               FROM (SELECT s.*,
                            max(s.step) FILTER (WHERE s.value::text = (version.config_data #> string_to_array(s.path, '.'))::text)
                              OVER (PARTITION BY s.path) AS current_step
                     FROM pg_temp.sample_change s
                     WHERE s.model_type = type.model_type AND s.since <= n) d
               ORDER BY d.path, d.step > coalesce(d.current_step, 0) DESC, d.step) c
         WHERE n_fixed = 0
         ORDER BY md5(hash || c.path)
         LIMIT (ARRAY[1, 1, 1, 1, 2, 2, 2, 3, 3, 4])[1 + dice % 10])
      LOOP
        version.config_data := CASE
          WHEN change.value IS NULL
          THEN version.config_data #- string_to_array(change.path, '.')
          ELSE jsonb_set(version.config_data, string_to_array(change.path, '.'), change.value)
        END;
        reasons := reasons || change.reason;
      END LOOP;

      reasons := array_remove(reasons, NULL);

      -- Office hours: from 120 days ago until the day before yesterday.
      day := (n - 1 + (dice / 1000 % 100) / 125.0) * 118 / type.n_versions;
      version.created_at := today - interval '120 days' + floor(day) * interval '1 day'
        + interval '7 hours' + (day - floor(day)) * interval '10 hours'
        + dice % 1000000 * interval '1 microsecond';

      label := CASE
        WHEN type.model_type <> 'sdxl' THEN format('v1.%s', n - 1)
        WHEN n < 85 THEN format('v1.%s', (n - 1) / 6) || coalesce('.' || nullif((n - 1) % 6, 0), '')
        WHEN n < 91 THEN 'v2.0' || coalesce('.' || nullif(n - 85, 0), '')
        ELSE format('v2.%s', n - 90)
      END;

      version.id := overlay(overlay(hash PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid;
      version.config_name := type.title || ' ' || label;
      version.is_active := n = ANY (type.is_active);
      version.created_by := CASE
        WHEN n <= type.n_versions / 8 THEN gone
        WHEN dice / 100 % 100 < 46 THEN alice
        WHEN dice / 100 % 100 < 70 THEN bob
        WHEN dice / 100 % 100 < 93 THEN chen
        ELSE NULL
      END;
      version.notes := CASE
        WHEN n = 1 THEN format('First configuration of %s.', type.model_type)
        WHEN n_fixed > 0 THEN reasons[1]
        WHEN version.created_by IS NULL THEN format('Deployed by the pipeline, build %s.', 4100 + n)
        WHEN dice / 10 % 10 < 2 THEN NULL
        WHEN array_length(reasons, 1) > 2
        THEN format(E'- %s\n\nDiscussed in https://tracker.example.com/GEN-%s',
                    array_to_string(reasons, E'\n- '), 1000 + dice % 800)
        WHEN dice / 10 % 10 < 4
        THEN format('%s (https://tracker.example.com/GEN-%s)', reasons[1], 1000 + dice % 800)
        ELSE array_to_string(reasons, ' ')
      END;

      -- What is special about single versions of sdxl.
      IF type.model_type = 'sdxl' THEN
        CASE n
          WHEN 38, 39 THEN -- Before the right to do so was taken from him; and the same name twice.
            version.created_by := dave;
            version.config_name := type.title || ' v1.6.1';
          WHEN 56 THEN
            copied := version;
          WHEN 57 THEN
            version.created_by := bob;
            replaced_id := version.id;
          WHEN 58 THEN -- Rolled back: a copy with the old name.
            version.config_name := copied.config_name;
            version.config_data := copied.config_data;
            version.created_by := alice;
            version.notes := format(E'Rolled back to %s %s (was %s).\n\nLCM turns every portrait into the same face. Support has 31 tickets since noon.',
                                    to_char(copied.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                                    copied.id, replaced_id);
          WHEN 64 THEN -- A row that an older program wrote.
            version.is_active := NULL;
          WHEN 91 THEN
            version.created_by := alice;
            version.created_at := today - interval '2 days' + interval '10 hours';
          WHEN 92 THEN -- The incident.
            version.created_by := bob;
            version.created_at := now() - interval '68 minutes';
          ELSE NULL;
        END CASE;
      END IF;

      INSERT INTO pg_temp.sample_version VALUES (version.*);
    END LOOP;
  END LOOP;

  -- About a megabyte: a library of prompts. The second version has a few entries changed, one less
  -- and one more.
  FOR n IN 1 .. 2 LOOP
    INSERT INTO pg_temp.sample_version
    SELECT md5('backstay prompt-library ' || n)::uuid, 'prompt-library',
           'Prompt Library ' || CASE n WHEN 1 THEN 'spring' ELSE 'autumn' END,
           jsonb_build_object('revision', n, 'language', 'en', 'entries', jsonb_agg(
             jsonb_build_object(
               'id', 'prompt-' || lpad(e::text, 4, '0'),
               'title', format('%s, %s', initcap(subject), light),
               'prompt', format('%s %s, %s, %s mood, %s lens, %s', subject, place, light, mood, lens, finish),
               'negative_prompt', 'blurry, lowres, watermark, text, ' || CASE e % 3 WHEN 0 THEN 'people' WHEN 1 THEN 'oversaturated' ELSE 'tilted horizon' END,
               'tags', jsonb_build_array(substring(subject FROM '\w+$'), split_part(light, ' ', 1), lens),
               'weight', CASE WHEN n = 2 AND e % 431 = 0 THEN 0.90 ELSE 1.00 + e % 5 * 0.05 END,
               'num_inference_steps', 30 + e % 4 * 5,
               'enabled', n = 2 OR e % 800 <> 5)
             ORDER BY e)),
           n = 2, CASE n WHEN 1 THEN alice ELSE chen END,
           today - CASE n WHEN 1 THEN interval '75 days' ELSE interval '9 days' END + interval '9 hours 14 minutes 3.5 seconds',
           CASE n WHEN 1 THEN 'The whole library in one piece, exported from the editors'' wiki.'
                  ELSE E'Autumn edition.\n- prompt-0700 removed (trademark)\n- one prompt for the storm campaign\n- the weights that support complained about' END
    FROM generate_series(1, 2800 + n) e,
         LATERAL (SELECT
           (ARRAY['a lighthouse', 'a fishing boat', 'a mountain village', 'a glass teapot', 'an old tram', 'a sleeping fox', 'a greenhouse', 'a suspension bridge', 'a street market', 'a chess board', 'a rowing crew'])[1 + e % 11] AS subject,
           (ARRAY['at the edge of a basalt cliff', 'on a wet cobbled square', 'under a copper sky', 'between tall pines', 'in an empty harbour', 'behind a rain-streaked window', 'above a sea of fog'])[1 + e % 7] AS place,
           (ARRAY['golden hour light', 'soft north light', 'hard noon sun', 'neon reflections', 'candle light'])[1 + e % 5] AS light,
           (ARRAY['calm', 'weathered', 'playful', 'solemn', 'minimal', 'crowded'])[1 + e % 6] AS mood,
           (ARRAY['24mm', '35mm', '50mm', '85mm', '135mm'])[1 + e * 3 / 2 % 5] AS lens,
           (ARRAY['fine film grain', 'matte print, muted colours', 'high contrast black and white', 'long exposure, silky water'])[1 + e % 4] AS finish) words
    WHERE n = 1 OR e <> 700;
  END LOOP;

  INSERT INTO public.model_config_history
  SELECT * FROM pg_temp.sample_version v WHERE v.created_by IS DISTINCT FROM gone
  ORDER BY v.created_at;

  -- The foreign key refuses a creator without a profile, as it should; yet platforms have them,
  -- after a restored backup for one. So these versions are written as a restore writes them, past
  -- the constraint, until the end of the transaction. That takes a superuser: for anybody else
  -- their creator is not recorded.
  BEGIN
    SET LOCAL session_replication_role = replica;
  EXCEPTION WHEN insufficient_privilege THEN
    UPDATE pg_temp.sample_version SET created_by = NULL WHERE created_by = gone;
  END;

  INSERT INTO public.model_config_history
  SELECT * FROM pg_temp.sample_version v
  WHERE NOT EXISTS (SELECT FROM public.model_config_history h WHERE h.id = v.id)
  ORDER BY v.created_at;
END
$$;

COMMIT;
