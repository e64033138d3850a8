import type { Sector } from '../../domains/work/inspections/sector.model.ts';

/** Checklists to begin with, a line an item, as one writes them at the desk. Limits are ours, for a county to settle. */
export interface ReadyList {
  readonly code: string;
  readonly sector: Sector;
  readonly title: string;
  readonly lines: readonly string[];
}

export const readyLists: readonly ReadyList[] = [
  {
    code: 'ten',
    sector: 'workplace',
    title: '企业安全十查',
    lines: [
      '证照许可｜没有许可、许可过期、超出许可范围就算｜5工作日｜《安全生产法》第二十条',
      '停产企业拆除作业｜没有方案、没有人在场看管就算｜重大｜1自然日',
      '供电供气｜停产后没有断电断气、私自接用就算｜24紧急工作时',
      '原料｜来路不清、混放、超量存放就算｜3自然日',
      '库存｜账物不符、超过核定数量就算｜3自然日',
      '销售和开票｜流向登记不全、停产后仍有销售就算｜5工作日',
      '运输｜车辆、人员没有相应资质就算｜3自然日',
      '特种设备｜没有检验、检验过期、无证操作就算｜重大｜1自然日｜《特种设备安全法》第四十条',
      '易燃易爆物品｜没有单独存放、没有防静电防泄漏措施就算｜重大｜24紧急工作时',
      '消防器材和通道｜器材失效、通道堵塞、出口上锁就算｜1自然日｜《消防法》第二十八条',
    ],
  },
  {
    code: 'fire',
    sector: 'fire',
    title: '楼院消防通道',
    lines: [
      '消防车通道｜停车、堆物、设障碍，车过不去就算｜重大｜1自然日｜《消防法》第二十八条',
      '疏散楼梯和出口｜堆物、上锁、封堵就算｜1自然日｜《消防法》第二十八条',
      '电动自行车｜在楼道、门厅停放或充电就算｜24紧急工作时',
      '灭火器和消火栓｜失压、过期、打不开、没有水就算｜3自然日',
      '用电线路｜飞线充电、线路裸露就算｜3自然日',
    ],
  },
  {
    code: 'self_built',
    sector: 'self_built',
    title: '经营性自建房',
    lines: [
      '违规加层改建｜没有审批加层、拆承重墙就算｜重大｜3自然日',
      '房屋安全鉴定｜用来经营、出租，没有鉴定或鉴定不合格就算｜重大｜5工作日',
      '墙体和地基｜墙体开裂、倾斜、地基下沉就算｜重大｜24紧急工作时',
      '住宿和经营分开｜一层经营、楼上住人，没有隔开就算｜3自然日',
    ],
  },
  {
    code: 'flood',
    sector: 'flood',
    title: '防汛准备',
    lines: [
      '值班值守｜值班表没排、电话打不通就算｜1自然日',
      '转移名单｜到户到人的转移名单和责任人没有定就算｜3自然日',
      '物资储备｜数量不够、失效、取不出来就算｜3自然日',
      '山塘水库｜溢洪道堵塞、坝体渗漏没有人看守就算｜重大｜24紧急工作时',
      '低洼和易涝点｜排水口堵塞、没有警示标志就算｜2自然日',
    ],
  },
];
